package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compositions and their drafts as whole documents. */
class ComposeDocumentTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    @Test
    void a_draft_goes_out_as_a_document_and_comes_back() throws IOException {
        cli.run("compose", "create", "round-trip", "--display-name", "Round trip");
        cli.run("compose", "set-policy", "round-trip", "--objective", "fewest");
        String document = cli.run("compose", "show", "round-trip", "--draft").out();
        Files.writeString(directory.resolve("draft.yaml"), document.replace("fewest", "cheapest"));

        Cli.Outcome applied = cli.run("compose", "apply", "-f", "draft.yaml");

        assertThat(applied.out()).isEqualTo("The draft of round-trip is now number 2.\n");
        assertThat(applied.err())
                .isEqualTo("draft.yaml was made from draft 1; to apply it again: %s\n"
                        .formatted("apg compose apply -f draft.yaml --draft 2"));
        String changed = cli.run("compose", "show", "round-trip", "--draft").out();
        assertThat(changed)
                .startsWith("# Draft 2 of round-trip: `apg compose apply` replaces this draft and no later one.\n")
                .contains("objective: cheapest");
        Cli.Outcome unchanged = cli.reading(changed).run("compose", "apply", "-f", "-");
        assertThat(unchanged.code()).isEqualTo(ExitCode.OK);
        assertThat(unchanged.err()).isEmpty();
        cli.run("compose", "set-policy", "round-trip", "--objective", "fewest");
        Cli.Outcome forced = cli.run("compose", "apply", "-f", "draft.yaml", "--force");
        assertThat(forced.code()).isEqualTo(ExitCode.OK);
        assertThat(forced.err()).isEmpty();
    }

    @Test
    void an_applied_document_tells_which_describing_fields_it_changed() throws IOException {
        cli.run("compose", "create", "relabelled", "--display-name", "Our shop");
        String document = cli.run("compose", "show", "relabelled", "--draft").out();
        Files.writeString(
                directory.resolve("draft.yaml"),
                document.replace("display_name: Our shop", "display_name: Their shop"));

        assertThat(cli.run("compose", "apply", "-f", "draft.yaml").out()).isEqualTo("""
                        The draft of relabelled is now number 0.
                        The composition's display_name changed, too: "Our shop" -> "Their shop"
                        """);
    }

    @Test
    void a_composition_is_made_again_from_its_document() throws IOException {
        cli.run(
                "compose",
                "create",
                "copied",
                "--display-name",
                "Copied",
                "--description",
                "Often",
                "--type",
                "hybrid");
        String document = cli.run("compose", "show", "copied", "--draft").out();
        assertThat(document).contains("display_name: Copied", "description: Often", "type: hybrid");
        Files.writeString(directory.resolve("copy.yaml"), document.replace("composition: copied", "composition: copy"));

        assertThat(cli.run("compose", "create", "-f", "copy.yaml").out()).isEqualTo("Created copy (hybrid).\n");

        assertThat(withoutNote(cli.run("compose", "show", "copy", "--draft").out()))
                .isEqualTo(withoutNote(document.replace("composition: copied", "composition: copy")));
    }

    @Test
    void a_document_whose_range_no_version_is_in_is_taken_with_the_same_warning() throws IOException {
        Files.writeString(
                directory.resolve("published.yaml"),
                "format: apg.version/1\ncapability: awaited\nversion: 1.2.0\nprovides: [{service: waits, version: 3.0.0}]\n");
        cli.run("publish", "published.yaml");
        String document = """
                format: apg.composition/1
                composition: awaiting
                members: [{capability: awaited, range: ^99}]
                services: [{service: waits, range: ^3}]
                """;
        Files.writeString(directory.resolve("awaiting.yaml"), document);
        String warning =
                "warning: awaiting.yaml:3: members[0].range: no version of the capability awaited is in ^99 yet; the newest is 1.2.0\n";

        assertThat(cli.run("compose", "create", "-f", "awaiting.yaml").err()).isEqualTo(warning);

        assertThat(cli.run("compose", "apply", "-f", "awaiting.yaml", "--draft", "1")
                        .err())
                .isEqualTo(warning);
        Files.writeString(
                directory.resolve("awaiting.yaml"),
                document.replace("^99", "^1").replace("^3", "^4"));
        Cli.Outcome applied = cli.run("compose", "apply", "-f", "awaiting.yaml", "--force", "--json");
        assertThat(applied.json().at("/draft_number").asInt()).isEqualTo(2);
        assertThat(applied.json().at("/document/composition").asString()).isEqualTo("awaiting");
        assertThat(applied.json().at("/warnings/0/field").asString()).isEqualTo("services[0].range");
    }

    @Test
    void a_draft_that_moved_on_is_not_replaced() throws IOException {
        cli.run("compose", "create", "moved-on");
        String document = cli.run("compose", "show", "moved-on", "--draft").out();
        cli.run("compose", "set-policy", "moved-on", "--prereleases");
        Files.writeString(directory.resolve("draft.yaml"), document);

        String moved =
                "apg: The draft of moved-on is number 1 by now, not 0; `apg compose operations moved-on --after 0` shows what changed, and --draft 1 goes on from there.\n";
        for (String[] apply : new String[][] {
            {"compose", "apply", "-f", "draft.yaml"}, {"compose", "apply", "-f", "draft.yaml", "--draft", "0"}
        }) {
            Cli.Outcome applied = cli.run(apply);
            assertThat(applied.code()).isEqualTo(ExitCode.CONFLICT);
            assertThat(applied.err()).isEqualTo(moved);
        }
        Cli.Outcome frozen = cli.run("freeze", "moved-on", "--draft", "0", "--json");
        assertThat(frozen.code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(frozen.err()).isEqualTo(moved);
        assertThat(frozen.json().path("detail").asString()).startsWith("If-Match: ");
    }

    @Test
    void what_is_wrong_in_a_document_is_told_with_file_and_line() throws IOException {
        Files.writeString(directory.resolve("bad.yaml"), """
                format: apg.composition/1
                composition: badly-written
                type: microservice
                members:
                  - capability: "no spaces please"
                """);

        Cli.Outcome refused = cli.run("compose", "create", "-f", "bad.yaml");

        assertThat(refused.code()).isEqualTo(ExitCode.INVALID);
        assertThat(refused.err()).contains("bad.yaml:5: members[0].capability: no spaces please (expected: ");
    }

    @Test
    void a_file_that_is_not_yaml_or_not_there_is_told_before_asking_the_server() throws IOException {
        Files.writeString(directory.resolve("torn.yaml"), "members:\n  - [1, 2\n");
        Files.writeString(directory.resolve("twice.yaml"), "type: custom\ntype: hybrid\n");

        assertThat(cli.run("compose", "create", "-f", "torn.yaml").err()).startsWith("apg: torn.yaml:");
        assertThat(cli.run("compose", "create", "-f", "twice.yaml").err())
                .isEqualTo("apg: twice.yaml:2: type: given twice (expected: once)\n");
        Cli.Outcome absent = cli.run("compose", "create", "-f", "absent.yaml");
        assertThat(absent.code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(absent.err()).isEqualTo("apg: absent.yaml: there is no such file\n");
    }

    @Test
    void of_two_who_edit_the_same_draft_as_a_document_the_second_is_told_and_nothing_is_lost() throws IOException {
        cli.run("compose", "create", "shared");
        cli.run("compose", "set-policy", "shared", "--objective", "fewest");
        String document = cli.run("compose", "show", "shared", "--draft").out();
        Files.writeString(directory.resolve("mine.yaml"), document.replace("fewest", "cheapest"));
        Files.writeString(directory.resolve("yours.yaml"), document.replace("fewest", "minimal_change"));

        assertThat(cli.run("compose", "apply", "-f", "mine.yaml").code()).isEqualTo(ExitCode.OK);
        Cli.Outcome second = cli.run("compose", "apply", "-f", "yours.yaml");

        assertThat(second.code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(second.err()).contains("The draft of shared is number 2 by now, not 1");
        assertThat(cli.run("compose", "show", "shared", "--draft").out()).contains("objective: cheapest");
        assertThat(cli.run("compose", "apply", "-f", "yours.yaml", "--draft", "2")
                        .code())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void a_document_that_does_not_say_where_it_is_from_replaces_only_an_empty_draft_unless_told_to()
            throws IOException {
        cli.run("compose", "create", "written");
        Files.writeString(
                directory.resolve("written.yaml"),
                "format: apg.composition/1\ncomposition: written\npolicy: {objective: fewest}\n");
        assertThat(cli.run("compose", "apply", "-f", "written.yaml").out())
                .isEqualTo("The draft of written is now number 1.\n");

        Cli.Outcome refused = cli.run("compose", "apply", "-f", "written.yaml");

        assertThat(refused.code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(refused.err())
                .isEqualTo(
                        "apg: written.yaml does not say which draft of written it was made from, and there is draft 1."
                                + " `apg compose show written --draft` writes one that does; --draft 1 replaces this draft,"
                                + " --force whichever there is.\n");
        assertThat(cli.run("compose", "apply", "-f", "written.yaml", "--force").code())
                .isEqualTo(ExitCode.OK);
        Files.writeString(
                directory.resolve("copied.yaml"),
                "# Draft 1 of another: `apg compose apply` replaces this draft and no later one.\n"
                        + Files.readString(directory.resolve("written.yaml")));
        assertThat(cli.run("compose", "apply", "-f", "copied.yaml").err()).contains("does not say which draft");
        assertThat(cli.run("compose", "apply", "-f", "written.yaml", "--force", "--draft", "1")
                        .code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void all_that_is_wrong_in_a_document_is_told_at_once_in_the_order_of_its_lines() throws IOException {
        Files.writeString(
                directory.resolve("known.yaml"), "format: apg.version/1\ncapability: known-part\nversion: 1.2.0\n");
        cli.run("publish", "known.yaml");
        Files.writeString(directory.resolve("wrong.yaml"), """
                format: apg.composition/1
                composition: all-wrong
                members:
                  - capability: nobody-published-this
                  - capability: known-part
                    range: "^^1"
                  - capability: known-part
                pins:
                  known-part: "1.2"
                """);

        Cli.Outcome refused = cli.run("compose", "create", "-f", "wrong.yaml");

        assertThat(refused.code()).isEqualTo(ExitCode.INVALID);
        assertThat(refused.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("apg: wrong.yaml has 4 errors:"),
                        line -> assertThat(line).startsWith("apg: wrong.yaml:4: members[0].capability: nobody-"),
                        line -> assertThat(line).startsWith("apg: wrong.yaml:6: members[1].range: ^^1 (expected: "),
                        line -> assertThat(line).startsWith("apg: wrong.yaml:7: members[2].capability: known-part "),
                        line -> assertThat(line).startsWith("apg: wrong.yaml:9: pins.known-part: 1.2 (expected: "));
    }

    private static String withoutNote(String document) {
        return document.substring(document.indexOf('\n') + 1);
    }
}
