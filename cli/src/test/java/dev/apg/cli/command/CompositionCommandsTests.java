package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.cli.testing.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resolve, why, validate, freeze, diff and bundle, on the sample Online Boutique. */
class CompositionCommandsTests {
    private static final Path SAMPLE =
            Path.of("../samples/online-boutique").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
        assertThat(cli.run("import", SAMPLE.toString()).code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_draft_resolves_with_a_reason_for_each_version() throws IOException {
        create("resolved", "composition.yaml");

        Cli.Outcome resolved = cli.run("resolve", "resolved");

        assertThat(resolved.code()).isEqualTo(ExitCode.OK);
        assertThat(resolved.out())
                .contains("CAPABILITY", "online-boutique-frontend", "online-boutique-frontend needs it (cart)")
                .contains("Held back:", "redis-cart")
                .contains(
                        "Chosen among:", "  redis-cart, not alloydb-cart-store or spanner-cart-store: the requirement");
        assertThat(cli.run("resolve", "resolved", "--json")
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("solved");
        assertThat(cli.run("why", "resolved", "redis-cart").out()).contains("redis-cart", "7.4.1");
        assertThat(cli.run("why", "resolved", "redis-cart@7.2.5", "--json")
                        .json()
                        .path("verdict")
                        .asString())
                .isEqualTo("chosen");
        assertThat(cli.run("why", "resolved", "nobody-published-this").code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("why", "resolved", "acme/redis-crt").err())
                .isEqualTo(
                        "apg: capability: acme/redis-crt (expected: a known capability; did you mean redis-cart?)\n");
        assertThat(cli.run("why", "resolved", "cart-store@1.0.0").err()).contains("cart-store is a service");
        assertThat(cli.run("why", "resolved", "cart-store").out())
                .contains(" needs service cart-store", ", which redis-cart 7.2.5 provides in version ");
    }

    @Test
    void a_draft_without_a_solution_is_explained_and_the_first_pasted_fix_solves_it() throws IOException {
        create("impossible-one", "impossible.yaml");

        Cli.Outcome unsolvable = cli.run("resolve", "impossible-one");
        assertThat(unsolvable.code()).isEqualTo(ExitCode.UNSOLVABLE);
        assertThat(unsolvable.out()).contains("1.", "online-boutique-cart", "alloydb-cart-store", "would solve it");
        assertThat(cli.run("compose", "validate", "impossible-one").code()).isEqualTo(ExitCode.UNSOLVABLE);
        Cli.Outcome refused = cli.run("freeze", "impossible-one");
        assertThat(refused.code()).isEqualTo(ExitCode.UNSOLVABLE);
        assertThat(unsolvable.out()).startsWith(refused.out());
        assertThat(refused.out()).contains("would solve it");
        assertThat(refused.err()).isEqualTo("apg: Nothing was frozen: impossible-one has no solution.\n");
        Cli.Outcome forScripts = cli.run("freeze", "impossible-one", "--json");
        assertThat(forScripts.code()).isEqualTo(ExitCode.UNSOLVABLE);
        assertThat(forScripts.json().path("code").asString()).isEqualTo("composition.invalid");

        String fix = unsolvable
                .out()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("apg compose "))
                .findFirst()
                .orElseThrow();
        assertThat(cli.run(Words.ofCommand(fix)).code()).isEqualTo(ExitCode.OK);
        assertThat(cli.run("resolve", "impossible-one").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_fix_is_applied_by_its_number() throws IOException {
        create("impossible-two", "impossible.yaml");
        assertThat(cli.run("resolve", "impossible-two", "--previous", "0", "--steps=40000000")
                        .out())
                .endsWith("\nOr by number: apg resolve impossible-two --previous 0 --steps=40000000 --apply-fix 1\n");

        assertThat(cli.run("resolve", "impossible-two", "--apply-fix", "9").code())
                .isEqualTo(ExitCode.USAGE);
        Cli.Outcome fixed = cli.run("resolve", "impossible-two", "--apply-fix", "1");

        assertThat(fixed.code()).isEqualTo(ExitCode.OK);
        assertThat(fixed.err()).startsWith("Applied to the draft of impossible-two: ");
        assertThat(cli.run("resolve", "impossible-two", "--apply-fix", "1").err())
                .isEqualTo("apg: There is nothing to fix: the request has a solution.\n");
    }

    @Test
    void a_document_is_resolved_and_fixed_without_a_server_keeping_it() throws IOException {
        String file = SAMPLE.resolve("impossible.yaml").toString();

        assertThat(cli.run("resolve", "-f", file).code()).isEqualTo(ExitCode.UNSOLVABLE);
        assertThat(cli.run("resolve", "-f", file, "--steps", "40000000").out())
                .contains("apg resolve -f %s --steps 40000000 --apply-fix 1 -o fixed.yaml\n".formatted(file));
        assertThat(cli.reading(Files.readString(Path.of(file)))
                        .run("resolve", "-f", "-")
                        .out())
                .contains(
                        "apg resolve -f FILE --apply-fix 1 -o fixed.yaml\n",
                        "\nFILE stands for a file with the document.\n");
        Cli.Outcome fixed = cli.run("resolve", "-f", file, "--apply-fix", "1", "-o", "fixed.yaml");
        assertThat(fixed.code()).isEqualTo(ExitCode.OK);
        assertThat(fixed.out()).contains("CAPABILITY");
        assertThat(cli.run("resolve", "-f", "fixed.yaml").code()).isEqualTo(ExitCode.OK);

        assertThat(cli.run("resolve", "-f", file, "--apply-fix", "1", "-o", ".").err())
                .endsWith("apg: . cannot be written: is a directory\n");
        Cli.Outcome piped = cli.run("resolve", "-f", file, "--apply-fix", "1");
        assertThat(piped.out()).isEqualTo(Files.readString(directory.resolve("fixed.yaml")));
        assertThat(cli.reading(piped.out()).run("resolve", "-f", "-").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void what_is_wrong_in_a_document_that_is_resolved_is_told_with_its_line() throws IOException {
        Files.writeString(directory.resolve("bad.yaml"), """
                format: apg.composition/1
                composition: bad
                members:
                  - capability: redis-cart
                    range: "^^7"
                """);
        Files.writeString(directory.resolve("unknown.yaml"), """
                format: apg.composition/1
                composition: unknown
                members:
                  - capability: redis-cart
                  - capability: redis-card
                """);

        Cli.Outcome refused = cli.run("resolve", "-f", "bad.yaml");

        assertThat(refused.code()).isEqualTo(ExitCode.INVALID);
        assertThat(refused.err()).contains("bad.yaml:5: members[0].range: ^^7");
        assertThat(cli.run("resolve", "-f", "unknown.yaml").err())
                .contains("unknown.yaml:5: members[1].capability: redis-card");
        assertThat(cli.run("resolve").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("resolve", "x", "-f", "y").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("resolve", "x", "-o", "y").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("resolve", "no-such-composition").code()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void a_draft_is_validated_frozen_compared_and_bundled() throws IOException {
        create("shipped", "composition.yaml");
        assertThat(cli.run("bundle", "shipped", "-o", "out").code()).isEqualTo(ExitCode.NOT_FOUND);

        Cli.Outcome valid = cli.run("compose", "validate", "shipped");
        assertThat(valid.code()).isEqualTo(ExitCode.OK);
        assertThat(valid.out()).contains("Warnings (", " times: ", "shipped can be frozen.");
        assertThat(cli.run("compose", "validate", "shipped", "--all").out()).doesNotContain(" times: ");

        Cli.Outcome frozen = cli.run("freeze", "shipped", "-m", "first");
        assertThat(frozen.out()).contains("revision 1", "sha256:", "apg bundle shipped@1");
        assertThat(cli.run("diff", "shipped").out()).contains("Nothing is different.");

        cli.run("compose", "set-range", "shipped", "redis-cart", "*");
        assertThat(cli.run("diff", "shipped", "1", "draft").out()).contains("DRAFT", "redis-cart");
        assertThat(cli.run("freeze", "shipped", "--draft", "0").code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(cli.run("freeze", "shipped", "--json").json().path("number").asInt())
                .isEqualTo(2);
        assertThat(cli.run("compose", "show", "shipped").out()).contains("first", "REVISION");

        Cli.Outcome bundle = cli.run("bundle", "shipped@1", "-o", "out", "--json");
        assertThat(bundle.code()).isEqualTo(ExitCode.OK);
        assertThat(directory.resolve("out/compose.yaml")).isRegularFile();
        assertThat(directory.resolve("out/apg.lock.json")).content().contains("apg.lock/1");
        assertThat(bundle.json().path("digest").asString()).startsWith("sha256:");
        assertThat(cli.run("bundle", "shipped@1", "-o", "out.tar").code()).isEqualTo(ExitCode.OK);
        assertThat(cli.run("bundle", "shipped@9", "-o", "no").code()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void what_a_revision_keeps_is_freed_by_the_same_option_for_resolve_and_freeze() throws IOException {
        create("kept", "composition.yaml");
        cli.run("freeze", "kept");
        cli.run("compose", "set-range", "kept", "redis-cart", "--range", "*");

        Cli.Outcome resolved = cli.run("resolve", "kept");
        assertThat(resolved.out()).contains("To try 7.4.1: apg resolve kept --update redis-cart\n");
        assertThat(cli.run("resolve", "kept", "--update", "redis-cart").out()).contains("redis-cart", "7.4.1");
        assertThat(cli.run("freeze", "kept", "--update", "redis-cart").out()).contains("revision 2");

        assertThat(redis("kept@1")).isEqualTo("7.2.5");
        assertThat(redis("kept@2")).isEqualTo("7.4.1");
        assertThat(cli.run("compose", "validate", "kept", "--update-all").code())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void a_revision_says_which_of_its_versions_were_yanked_since() throws IOException {
        Files.writeString(
                directory.resolve("fading.yaml"), "format: apg.version/1\ncapability: fading\nversion: 1.0.0\n");
        cli.run("publish", "fading.yaml");
        cli.run("compose", "create", "faded");
        cli.run("compose", "add", "faded", "fading", "^1.0.0");
        cli.run("freeze", "faded", "-m", "while it lasts");
        assertThat(cli.run("compose", "show", "faded@1").out())
                .contains("while it lasts", "fading", "1.0.0", "named")
                .doesNotContain("now:");

        cli.run("state", "fading@1.0.0", "yanked", "--reason", "gone");

        assertThat(cli.run("compose", "show", "faded@1").out()).contains("Of what faded@1 holds, now:", "yanked");
        assertThat(cli.run("compose", "show", "faded").out()).contains("Of what faded@1 holds, now:");
        assertThat(cli.run("bundle", "faded", "-o", "faded").err()).contains("Of what faded@1 holds, now:");
        assertThat(cli.run("compose", "show", "faded@9").code()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void a_revision_says_which_of_its_capabilities_come_to_their_end() throws IOException {
        for (String code : List.of("waning", "wasting", "waxing")) {
            Files.writeString(
                    directory.resolve("moon.yaml"),
                    "format: apg.version/1\ncapability: %s\nversion: 1.0.0\n".formatted(code));
            cli.run("publish", "moon.yaml");
        }
        cli.run("compose", "create", "moons");
        for (String code : List.of("waning", "wasting", "waxing")) {
            cli.run("compose", "add", "moons", code);
        }
        cli.run("freeze", "moons");
        end("waning", "deprecated");
        end("wasting", "deprecated");
        end("wasting", "retired");

        String told = """
                Of what moons@1 holds, now:
                  waning is deprecated.
                  wasting is retired: new resolutions take no version of it.
                """;
        assertThat(cli.run("compose", "show", "moons").out()).endsWith(told);
        assertThat(cli.run("compose", "show", "moons@1").out()).endsWith(told);
    }

    @Test
    void a_draft_that_was_never_frozen_says_what_became_of_what_it_names() throws IOException {
        for (String code : List.of("ebbing", "sinking")) {
            Files.writeString(
                    directory.resolve("tide.yaml"),
                    "format: apg.version/1\ncapability: %s\nversion: 1.0.0\n".formatted(code));
            cli.run("publish", "tide.yaml");
        }
        cli.run("compose", "create", "tides");
        cli.run("compose", "add", "tides", "ebbing");
        cli.run("compose", "pin", "tides", "sinking@1.0.0");
        assertThat(cli.run("compose", "show", "tides").out()).doesNotContain("now:");
        end("ebbing", "deprecated");
        cli.run("state", "sinking@1.0.0", "yanked", "--reason", "it leaks");

        String told = """
                Of what the draft names, now:
                  sinking 1.0.0 is yanked (it leaks): new resolutions do not take it.
                  ebbing is deprecated.
                """;
        assertThat(cli.run("compose", "show", "tides").out()).endsWith(told);

        cli.run("compose", "unpin", "tides", "sinking");
        cli.run("freeze", "tides");
        assertThat(cli.run("compose", "show", "tides").out())
                .doesNotContain("the draft names")
                .endsWith("""
                        Of what tides@1 holds, now:
                          ebbing is deprecated.
                        """);
    }

    private void end(String code, String status) throws IOException {
        Files.writeString(
                directory.resolve("end.yaml"),
                "format: apg.capability/1\ncapability: %s\nstatus: %s\n".formatted(code, status));
        assertThat(cli.run("import", "end.yaml").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_deprecated_version_is_told_with_its_reason_when_it_is_chosen_and_when_it_is_frozen() throws IOException {
        Files.writeString(
                directory.resolve("dim.yaml"), "format: apg.version/1\ncapability: dim-lamp\nversion: 1.0.0\n");
        cli.run("publish", "dim.yaml");
        cli.run("state", "dim-lamp@1.0.0", "deprecated", "--reason", "bright-lamp replaces it");
        cli.run("compose", "create", "dimmed");
        cli.run("compose", "add", "dimmed", "dim-lamp");

        assertThat(cli.run("resolve", "dimmed").out())
                .contains("Chosen although:\n  dim-lamp 1.0.0 is deprecated: bright-lamp replaces it\n");
        Cli.Outcome frozen = cli.run("freeze", "dimmed");
        assertThat(frozen.out()).startsWith("Froze dimmed as revision 1.");
        assertThat(frozen.err())
                .isEqualTo("Warnings (1)\n  deprecated: dim-lamp 1.0.0 is deprecated: bright-lamp replaces it.\n\n");
    }

    @Test
    void a_newer_version_that_was_purged_is_not_said_to_exist() throws IOException {
        for (String version : new String[] {"1.0.0", "2.0.0"}) {
            Files.writeString(
                    directory.resolve("burnt.yaml"),
                    "format: apg.version/1\ncapability: burnt-lamp\nversion: %s\n".formatted(version));
            cli.run("publish", "burnt.yaml");
        }
        cli.run("compose", "create", "burnt");
        cli.run("compose", "add", "burnt", "burnt-lamp");
        cli.run("state", "burnt-lamp@2.0.0", "purged", "--yes", "--reason", "a leak");

        assertThat(cli.run("resolve", "burnt").out())
                .contains("2.0.0 was purged")
                .doesNotContain("2.0.0 exists");
    }

    private String redis(String revision) {
        return cli.run("compose", "show", revision, "--json")
                .json()
                .path("lock")
                .path("entries")
                .valueStream()
                .filter(entry -> entry.path("capability").asString().equals("redis-cart"))
                .findFirst()
                .orElseThrow()
                .path("version")
                .asString();
    }

    private void create(String code, String file) throws IOException {
        String document =
                Files.readString(SAMPLE.resolve(file)).replaceFirst("(?m)^composition: .*$", "composition: " + code);
        Files.writeString(directory.resolve(code + ".yaml"), document);
        assertThat(cli.run("compose", "create", "-f", code + ".yaml").code()).isEqualTo(ExitCode.OK);
    }
}
