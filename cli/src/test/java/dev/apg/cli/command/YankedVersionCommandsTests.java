package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of versions that a revision has: yanked since, or overtaken by newer ones. */
class YankedVersionCommandsTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    @Test
    void who_has_a_version_is_told_when_it_is_yanked_and_what_took_its_place_when_it_is_resolved_and_frozen()
            throws IOException {
        publishOf("stair", "1.2.0");
        publishOf("stair", "1.3.0");
        cli.run("compose", "create", "house");
        cli.run("compose", "add", "house", "stair");
        cli.run("freeze", "house");

        assertThat(cli.run("compose", "list", "--locks", "stair@1.3.0").out()).contains("house", "1 of 1.");
        assertThat(cli.run("state", "stair@1.2.0", "deprecated", "--reason", "creaks")
                        .out())
                .isEqualTo("stair 1.2.0 is deprecated now.\nNo composition has it in its newest revision.\n");
        assertThat(cli.run("state", "stair@1.3.0", "yanked", "--reason", "breaks")
                        .out())
                .isEqualTo("stair 1.3.0 is yanked now.\n1 composition has it in the newest revision: house@1.\n");

        String told = "stair went down from 1.3.0 to 1.2.0: 1.3.0 is yanked: breaks.";
        assertThat(cli.run("resolve", "house").out())
                .contains("Left behind since the previous revision:\n  " + told + "\n");
        assertThat(cli.run("freeze", "house").err()).contains("  left_behind: " + told + "\n");
        assertThat(cli.run("compose", "list", "--locks", "stair@1.3.0").out())
                .isEqualTo("There is no such composition.\n");
        assertThat(cli.run("compose", "list", "--locks", "stair").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void a_question_that_the_step_budget_does_not_suffice_for_is_answered_with_the_option_that_gives_a_larger_one()
            throws IOException {
        publishOf("hinge", "1.0.0");
        cli.run("compose", "create", "gate");
        cli.run("compose", "add", "gate", "hinge");

        Cli.Outcome little = cli.run("why", "gate", "hinge", "--steps", "1");

        assertThat(little.code()).isEqualTo(ExitCode.OK);
        assertThat(little.out())
                .isEqualTo("The step budget ran out before anything was chosen; a larger one may help.\n"
                        + "Give a larger step budget with --steps.\n");
        assertThat(cli.run("why", "gate", "hinge", "--steps", "1", "--json")
                        .json()
                        .get("verdict")
                        .asString())
                .isEqualTo("exhausted");
        assertThat(cli.run("why", "gate", "hinge", "--steps", "1000").out()).startsWith("hinge 1.0.0 is here because");
    }

    @Test
    void a_newer_version_that_the_revision_merely_keeps_is_named_with_the_option_that_takes_it() throws IOException {
        publishOf("shelf", "1.3.0");
        cli.run("compose", "create", "library");
        cli.run("compose", "add", "library", "shelf", "^1.0.0");
        cli.run("freeze", "library");
        publishOf("shelf", "1.4.0");
        publishOf("shelf", "2.0.0");

        assertThat(cli.run("resolve", "library").out())
                .contains("1.4.0 and 2.0.0 exist")
                .contains("Nor is it 1.4.0: the previous revision's version still holds and is kept."
                        + " To try 1.4.0: apg resolve library --update shelf\n");
        assertThat(cli.run("resolve", "library", "--update", "shelf").out()).contains("shelf", "1.4.0");
        assertThat(cli.run("why", "library", "shelf").out()).startsWith("shelf 1.3.0 is here because");
        assertThat(cli.run("why", "library", "shelf", "--update", "shelf").out())
                .startsWith("shelf 1.4.0 is here because");
        assertThat(cli.run("why", "library", "shelf", "--previous", "0").out())
                .startsWith("shelf 1.4.0 is here because");
    }

    @Test
    void the_reason_of_a_yank_is_told_where_the_version_is_asked_about_and_when_it_happens() throws IOException {
        try (TestServer server = TestServer.start()) {
            cli = Cli.on(server, directory);
            publishOf("ladder", "1.0.0");
            publishOf("ladder", "2.0.0");
            cli.run("compose", "create", "attic");
            cli.run("compose", "add", "attic", "ladder");
            cli.run("state", "ladder@2.0.0", "yanked", "--reason", "slips");

            assertThat(cli.run("why", "attic", "ladder@2.0.0").out()).contains("\nladder 2.0.0 is yanked: slips.\n");
            assertThat(cli.run("watch", "--after", "0", "--type", "version.yanked", "--count", "1")
                            .out())
                    .contains("version.yanked  ladder@2.0.0  by ")
                    .endsWith(": slips\n");
        }
    }

    private void publishOf(String capability, String version) throws IOException {
        Files.writeString(
                directory.resolve("one.yaml"),
                "format: apg.version/1\ncapability: %s\nversion: %s\n".formatted(capability, version));
        assertThat(cli.run("publish", "one.yaml").code()).isEqualTo(ExitCode.OK);
    }
}
