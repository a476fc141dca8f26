package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.cli.testing.Cli.Outcome;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a server of its own, because the answer counts all compositions. */
class ImpactCommandTests {
    @TempDir
    Path directory;

    @Test
    void a_change_is_told_for_every_composition_and_fails_a_job_that_asks_for_that() throws IOException {
        try (var server = TestServer.start()) {
            Cli cli = Cli.on(server, directory);
            publish(cli, "cart", "1.0.0", "");
            publish(cli, "cart", "1.1.0", "");
            publish(cli, "web", "1.0.0", "requirements: [{capability: cart, range: =1.1.0}]");
            freeze(cli, "market", "web");
            freeze(cli, "stall", "cart");
            cli.run("compose", "create", "idea");

            Outcome yank = cli.run("impact", "cart@1.1.0", "--yank");
            assertThat(yank.code()).isEqualTo(ExitCode.OK);
            assertThat(yank.out()).isEqualTo("""
                            cart 1.1.0, if it were yanked: 1 broken, 1 upgradable. Never frozen, so not looked at: 1.

                            COMPOSITION  VERDICT     HAS    WHAT
                            market@1     broken      1.1.0  It has no solution without cart 1.1.0.
                            stall@1      upgradable  1.1.0  It can do without cart 1.1.0: cart goes down from 1.1.0 to 1.0.0. Nothing else moves.

                            Shown: 2 of 2.
                            Why, and what would help: apg impact cart@1.1.0 --yank --explain
                            """);
            Outcome failing = cli.run("impact", "cart@1.1.0", "--yank", "--fail-on", "broken,blocked");
            assertThat(failing.code()).isEqualTo(ExitCode.AFFECTED);
            assertThat(failing.err()).isEqualTo("apg: This fails because of --fail-on: 1 broken.\n");
            assertThat(cli.run("impact", "cart@1.1.0", "--yank", "--fail-on", "blocked,not_checked")
                            .code())
                    .isEqualTo(ExitCode.OK);
            assertThat(cli.run("impact", "cart@1.1.0", "--yank", "--explain", "--verdict", "broken")
                            .out())
                    .contains("\nmarket@1: It has no solution without cart 1.1.0.\n", "cart 1.1.0 is yanked")
                    .contains("solve it:")
                    .doesNotContain("stall");

            Files.writeString(directory.resolve("next.yaml"), document("cart", "2.0.0", ""));
            assertThat(cli.run("impact", "-f", "next.yaml").out())
                    .startsWith("cart 2.0.0, not published: 1 blocked, 1 upgradable.")
                    .contains("It cannot take cart 2.0.0: web 1.0.0 requires cart =1.1.0.");
            assertThat(cli.run("impact", "-f", "next.yaml", "--json")
                            .json()
                            .at("/totals/blocked")
                            .asInt())
                    .isEqualTo(1);
            assertThat(cli.run("impact", "cart@1.0.0").out())
                    .isEqualTo("cart 1.0.0: 2 unaffected. Never frozen, so not looked at: 1.\n");
            assertThat(cli.run("impact", "cart", "--retire").out()).contains("cart, if it were retired: 2 broken.");
            assertThat(cli.run("impact", "cart@1.1.0", "--yank", "--limit", "1").out())
                    .contains("Shown: 1 of 2.", "More: apg impact cart@1.1.0 --yank --limit 1 --cursor ");
        }
    }

    @Test
    void a_derivation_that_compositions_share_is_told_once_and_what_would_help_of_each() throws IOException {
        try (var server = TestServer.start()) {
            Cli cli = Cli.on(server, directory);
            publish(cli, "cart", "1.0.0", "");
            publish(cli, "web", "1.0.0", "requirements: [{capability: cart, range: ^1.0.0}]");
            freeze(cli, "fair", "web");
            freeze(cli, "market", "web");

            assertThat(cli.run("impact", "cart@1.0.0", "--yank", "--explain").out())
                    .containsOnlyOnce("cart 1.0.0 is yanked")
                    .contains("\nfair@1: It has no solution without cart 1.0.0.\n1. ")
                    .contains("""

                            market@1: It has no solution without cart 1.0.0.
                            For the same reasons as fair@1.

                            This would solve it:

                              1. Accept versions that are yanked.
                                   apg compose set-policy market --objective newest --accept yanked,deprecated
                            """);
        }
    }

    @Test
    void what_is_broken_already_is_told_apart_and_fails_no_job() throws IOException {
        try (var server = TestServer.start()) {
            Cli cli = Cli.on(server, directory);
            publish(cli, "cart", "1.0.0", "");
            publish(cli, "web", "1.0.0", "requirements: [{capability: cart, range: ^1.0.0}]");
            publish(cli, "api", "1.0.0", "");
            freeze(cli, "market", "api");
            cli.run("compose", "add", "market", "web");
            assertThat(cli.run("freeze", "market").code()).isEqualTo(ExitCode.OK);
            assertThat(cli.run("state", "cart@1.0.0", "yanked", "--reason", "a test")
                            .code())
                    .isEqualTo(ExitCode.OK);

            Outcome known = cli.run("impact", "api@1.0.0", "--yank", "--fail-on", "broken");
            assertThat(known.code()).isEqualTo(ExitCode.OK);
            assertThat(known.out())
                    .startsWith("api 1.0.0, if it were yanked: 1 broken already.\n")
                    .contains(
                            "market@2     broken already  1.0.0  It has no solution without api 1.0.0. It has none with");

            freeze(cli, "stall", "api");
            Outcome failing = cli.run("impact", "api@1.0.0", "--yank", "--fail-on", "broken");
            assertThat(failing.out()).startsWith("api 1.0.0, if it were yanked: 2 broken (1 of them already).\n");
            assertThat(failing.code()).isEqualTo(ExitCode.AFFECTED);
            assertThat(failing.err()).isEqualTo("apg: This fails because of --fail-on: 1 broken.\n");
        }
    }

    @Test
    void what_cannot_be_asked_is_refused() throws IOException {
        Cli cli = Cli.onSharedServer(directory);
        assertThat(cli.run("impact").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("impact", "gone@1.0.0", "-f", "x.yaml").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("impact", "gone@1.0.0", "--yank", "--purge").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("impact", "gone@1.0.0", "--retire").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("impact", "gone").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("impact", "gone@1.0.0", "--fail-on", "maybe").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("impact", "not-there-at-all@1.0.0").code()).isEqualTo(ExitCode.NOT_FOUND);

        Files.writeString(
                directory.resolve("wrong.yaml"),
                document("impact-cli", "1.0.0", "requirements:\n  - {capability: impact-nobody, range: ^1.0.0}"));
        Outcome wrong = cli.run("impact", "-f", "wrong.yaml");
        assertThat(wrong.code()).isEqualTo(ExitCode.INVALID);
        assertThat(wrong.err()).contains("wrong.yaml:5", "impact-nobody");
    }

    private void freeze(Cli cli, String composition, String capability) {
        cli.run("compose", "create", composition);
        cli.run("compose", "add", composition, capability);
        assertThat(cli.run("freeze", composition).code()).isEqualTo(ExitCode.OK);
    }

    private void publish(Cli cli, String capability, String version, String rest) throws IOException {
        Files.writeString(directory.resolve("one.yaml"), document(capability, version, rest));
        assertThat(cli.run("publish", "one.yaml").code()).isEqualTo(ExitCode.OK);
    }

    private static String document(String capability, String version, String rest) {
        return "format: apg.version/1\ncapability: %s\nversion: %s\n%s\n".formatted(capability, version, rest);
    }
}
