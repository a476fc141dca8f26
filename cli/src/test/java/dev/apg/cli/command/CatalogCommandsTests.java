package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Publish, change states, search and show. */
class CatalogCommandsTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    @Test
    void a_version_is_published_once_found_and_shown() throws IOException {
        write("lantern.yaml", """
                format: apg.version/1
                capability: lantern
                version: 1.2.0
                about: {display_name: Lantern, category: lighting, description: Gives light to whoever asks.}
                provides: [{service: light, version: 1.0.0}]
                runtime: {image: "registry.example/lantern:1.2.0"}
                """);

        Cli.Outcome published = cli.run("publish", "lantern.yaml");
        assertThat(published.code()).isEqualTo(ExitCode.OK);
        assertThat(published.out()).startsWith("Published lantern 1.2.0\n  sha256:");
        assertThat(published.err()).startsWith("warning: lantern.yaml:6: runtime.image: ");

        Cli.Outcome again = cli.run("publish", "lantern.yaml", "--json");
        assertThat(again.json().path("created").asBoolean()).isFalse();
        assertThat(cli.run("search", "lantern").out()).contains("CAPABILITY", "lantern", "1.2.0", "lighting");
        assertThat(cli.run("search", "lantern", "--category", "lightning").out())
                .isEqualTo(
                        "No capability matches lantern within these filters.\nIn place of --category lightning there is: lighting (1)\n");
        assertThat(cli.run("search", "lantern", "--json")
                        .json()
                        .path("total_count")
                        .asInt())
                .isEqualTo(1);
        assertThat(cli.run("show", "lantern").out())
                .contains(
                        "Gives light", "light 1.0.0", "registry.example/lantern:1.2.0", "Nothing depends on lantern.");
        assertThat(cli.run("show", "lantern@1.2.0", "--json")
                        .json()
                        .path("version")
                        .path("digest")
                        .asString())
                .isEqualTo(again.json().path("digest").asString());
    }

    @Test
    void warnings_of_a_version_stand_in_the_order_of_its_lines() throws IOException {
        write("warned.yaml", """
                format: apg.version/1
                capability: warned
                version: 1.0.0
                runtime: {image: "registry.example/warned:1.0.0"}
                requirements:
                  - {capability: warned-about, range: ^9}
                conflicts:
                  - {capability: warned-about, range: ^8}
                """);
        write("about.yaml", "format: apg.version/1\ncapability: warned-about\nversion: 1.0.0\n");
        cli.run("publish", "about.yaml");

        assertThat(cli.run("publish", "warned.yaml").err().lines())
                .hasSizeGreaterThan(1)
                .allMatch(line -> line.matches("warning: warned\\.yaml:[0-9]+: .*"))
                .isSorted();
    }

    @Test
    void other_content_under_the_same_number_is_a_conflict() throws IOException {
        write("fixed.yaml", "format: apg.version/1\ncapability: fixed-point\nversion: 1.0.0\n");
        write("changed.yaml", "format: apg.version/1\ncapability: fixed-point\nversion: 1.0.0\ncost: 5\n");
        cli.run("publish", "fixed.yaml");

        assertThat(cli.run("publish", "changed.yaml").code()).isEqualTo(ExitCode.CONFLICT);
    }

    @Test
    void each_error_of_a_version_is_told_with_its_line() throws IOException {
        write("wrong.yaml", """
                format: apg.version/1
                capability: wrong
                version: "1"
                requirements:
                  - capability: wrong
                    range: "^^1"
                """);

        Cli.Outcome refused = cli.run("publish", "wrong.yaml");

        assertThat(refused.code()).isEqualTo(ExitCode.INVALID);
        assertThat(refused.err())
                .contains("wrong.yaml:3: version: 1 (expected: ", "wrong.yaml:6: requirements[0].range: ^^1");
        JsonNode problem = cli.run("publish", "wrong.yaml", "--json").json();
        assertThat(problem.path("errors").size()).isGreaterThan(1);
        assertThat(problem.at("/errors/0/source").isMissingNode()).isTrue();
    }

    @Test
    void another_kind_of_document_is_told_apart_before_it_is_sent() throws IOException {
        write("compose.yaml", "services: {web: {image: nginx}}\n");
        write("composition.yaml", "format: apg.composition/1\ncomposition: shop\n");
        write("version.yaml", "format: apg.version/1\ncapability: shop\nversion: 1.0.0\n");

        assertThat(cli.run("publish", "compose.yaml").err())
                .isEqualTo("apg: compose.yaml is no apg.version/1 document: it has no format (expected: format:"
                        + " apg.version/1). docs/formats.md shows one.\n");
        Cli.Outcome composition = cli.run("publish", "composition.yaml");
        assertThat(composition.code()).isEqualTo(ExitCode.INVALID);
        assertThat(composition.err())
                .contains("its format is apg.composition/1", "`apg compose create -f composition.yaml`");
        for (String[] command : List.of(
                new String[] {"resolve", "-f", "version.yaml"},
                new String[] {"compose", "create", "-f", "version.yaml"},
                new String[] {"compose", "apply", "-f", "version.yaml"})) {
            assertThat(cli.run(command).err())
                    .contains("is no apg.composition/1 document", "`apg publish version.yaml`");
        }
    }

    @Test
    void a_version_is_deprecated_yanked_restored_and_purged() throws IOException {
        write("mortal.yaml", "format: apg.version/1\ncapability: mortal\nversion: 1.0.0\n");
        cli.run("publish", "mortal.yaml");

        Cli.Outcome unexplained = cli.run("state", "mortal@1.0.0", "deprecated");
        assertThat(unexplained.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unexplained.err())
                .isEqualTo("apg: --reason is missing (expected: why mortal 1.0.0 is to be deprecated)\n");
        assertThat(cli.run("state", "mortal@1.0.0", "deprecated", "--reason", "old")
                        .out())
                .isEqualTo("mortal 1.0.0 is deprecated now.\nNo composition has it in its newest revision.\n");
        assertThat(cli.run("state", "mortal@1.0.0", "yanked", "--reason", "loses data")
                        .code())
                .isEqualTo(ExitCode.OK);
        assertThat(cli.run("show", "mortal").out()).contains("yanked", "because: loses data");
        assertThat(cli.run("state", "mortal@1.0.0", "published").out()).isEqualTo("mortal 1.0.0 is published now.\n");

        Cli.Outcome asked = cli.run("state", "mortal@1.0.0", "purged", "--reason", "a secret");
        assertThat(asked.code()).isEqualTo(ExitCode.USAGE);
        assertThat(asked.err()).contains("--yes");
        assertThat(cli.run("state", "mortal@1.0.0", "purged", "--reason", "a secret", "--yes")
                        .out())
                .isEqualTo("mortal 1.0.0 is purged now.\n");
        assertThat(cli.run("state", "mortal", "yanked", "--reason", "x").err())
                .contains("expected: CAPABILITY@VERSION");
        assertThat(cli.run("state", "mortal@9.0.0", "yanked", "--reason", "x").code())
                .isEqualTo(ExitCode.NOT_FOUND);
        Cli.Outcome misspelled = cli.run("state", "mortall@9.0.0", "yanked", "--reason", "x");
        assertThat(misspelled.code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(misspelled.err()).contains("capability: mortall (expected: ", "did you mean mortal?");
    }

    @Test
    void a_purge_that_erases_a_bundle_says_how_to_get_another_one() throws IOException {
        write("leaky.yaml", """
                format: apg.version/1
                capability: leaky
                version: 1.0.0
                runtime: {image: "registry.example/leaky:1.0.0"}
                """);
        cli.run("publish", "leaky.yaml");
        cli.run("compose", "create", "soaked");
        cli.run("compose", "add", "soaked", "leaky");
        assertThat(cli.run("freeze", "soaked").code()).isEqualTo(ExitCode.OK);
        assertThat(cli.run("bundle", "soaked", "-o", "soaked").out()).endsWith("How to run it: soaked/README.md\n");

        assertThat(cli.run("state", "leaky@1.0.0", "purged", "--reason", "a secret", "--yes")
                        .out())
                .endsWith(
                        "Bundles that held its content are gone: soaked@1. Freeze these compositions again: apg freeze soaked\n");
    }

    @Test
    void a_directory_or_a_file_in_the_wrong_place_leads_to_the_right_command() throws IOException {
        write("many/one.capability.yaml", "format: apg.version/1\ncapability: one-of-many\nversion: 1.0.0\n");
        write("whole.yaml", "format: apg.composition/1\ncomposition: whole\n");

        Cli.Outcome directory = cli.run("publish", "many");
        assertThat(directory.code()).isEqualTo(ExitCode.USAGE);
        assertThat(directory.err())
                .isEqualTo("apg: many is a directory (expected: a file). `apg import many` publishes what is in it.\n");
        assertThat(cli.run("resolve", "whole.yaml").err())
                .endsWith("apg: `apg resolve -f whole.yaml` resolves the document in that file.\n");
        assertThat(cli.run("resolve", "hole.yaml").err()).doesNotContain("resolve -f");
    }

    @Test
    void what_is_not_there_is_not_found() {
        assertThat(cli.run("show", "never-published").code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("publish", "never-written.yaml").code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("show", "@").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("search", "x", "--limit", "0").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.with("APG_TOKEN", "apg_nonsense").run("search", "x").code())
                .isEqualTo(ExitCode.DENIED);
    }

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
