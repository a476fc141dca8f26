package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.cli.testing.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a validation and a refused freeze say to do. */
class ValidationAdviceTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void publish() throws IOException {
        cli = Cli.onSharedServer(directory);
        Files.writeString(directory.resolve("advised.yaml"), """
                format: apg.version/1
                capability: advised-a-module
                version: 1.0.0
                provides: [{service: advised-store, version: 1.0.0}]
                ---
                format: apg.version/1
                capability: advised-runs
                version: 1.0.0
                provides: [{service: advised-store, version: 1.0.0}]
                runtime:
                  image: registry.example/runs:1
                  ports: [{name: main, port: 6000}]
                ---
                format: apg.version/1
                capability: advised-invoice
                version: 1.0.0
                requirements: [{name: store, service: advised-store}]
                configuration_schema:
                  type: object
                  required: [currency]
                  properties: {currency: {type: string}}
                runtime:
                  image: registry.example/invoice:1
                  environment:
                    - {name: STORE, provider: {requirement: store}}
                    - {name: CURRENCY, configuration: currency}
                """);
        assertThat(cli.run("import", "advised.yaml").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void errors_come_with_commands_that_mend_them() {
        cli.run("compose", "create", "advised");
        cli.run("compose", "add", "advised", "advised-invoice");
        String add = "apg compose add advised advised-runs";
        String configure = "apg compose configure advised advised-invoice '{\"currency\":null}'";

        Cli.Outcome validated = cli.run("compose", "validate", "advised");
        assertThat(validated.code()).isEqualTo(ExitCode.INVALID);
        assertThat(validated.out())
                .contains("Errors (2)", "What to do (2)", "\n    " + add + "\n", "\n    " + configure + "\n");

        Cli.Outcome refused = cli.run("freeze", "advised");
        assertThat(refused.code()).isEqualTo(ExitCode.INVALID);
        assertThat(refused.err())
                .contains("`" + add + "`", "`" + configure + "`", "`apg compose validate advised` tells");

        cli.run(Words.ofCommand(add));
        cli.run(Words.ofCommand(configure.replace("null", "\"EUR\"")));
        assertThat(cli.run("freeze", "advised").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_configuration_is_given_back_with_null_where_a_value_is_missing_or_wrong() {
        cli.run("compose", "create", "configured");
        cli.run("compose", "require", "configured", "advised-store");
        cli.run("compose", "add", "configured", "advised-runs");
        cli.run("compose", "add", "configured", "advised-invoice", "--configuration", "{\"footer\": \"it's paid\"}");
        String open = "apg compose configure configured advised-invoice "
                + "'{\"footer\":\"it'\\''s paid\",\"currency\":null}'";

        assertThat(cli.run("compose", "validate", "configured").out())
                .contains(
                        "  The configuration of advised-invoice is given whole; put a value in place of null for currency:\n    "
                                + open + "\n");
        assertThat(cli.run(
                                "compose",
                                "configure",
                                "configured",
                                "advised-invoice",
                                "{\"currency\": null, \"footer\": \"paid\"}")
                        .code())
                .isEqualTo(ExitCode.OK);
        Cli.Outcome forgotten = cli.run("compose", "validate", "configured");
        assertThat(forgotten.code()).isEqualTo(ExitCode.INVALID);
        assertThat(forgotten.out()).contains("'{\"footer\":\"paid\",\"currency\":null}'\n");
    }

    @Test
    void commands_to_paste_ask_the_server_that_was_asked() {
        String url = cli.environment().get("APG_URL");
        cli.run("compose", "create", "addressed");
        cli.run("compose", "add", "addressed", "advised-invoice");

        assertThat(cli.run("compose", "validate", "addressed", "--url", url).out())
                .contains("apg compose add addressed advised-runs --url %s\n".formatted(url));
        assertThat(cli.run("freeze", "addressed", "--url", url).err())
                .contains(
                        "`apg compose add addressed advised-runs --url %s`".formatted(url),
                        "`apg compose validate addressed --url %s` tells".formatted(url))
                .doesNotContain("--url %1$s --url %1$s".formatted(url));
        assertThat(cli.run("bundle", "addressed", "-o", "out", "--url", url).err())
                .endsWith("do that with `apg freeze addressed --url %s`.\n".formatted(url));
        assertThat(cli.run("import", "--url", url, "advised.yaml").out())
                .contains("`apg import --url %s advised.yaml --dry-run --warnings` lists them.".formatted(url));
        String token = cli.run("token", "issue", "--label", "addressed", "--role", "observer")
                .out()
                .strip();
        cli.run("compose", "create", "addressed-too");
        assertThat(cli.run("compose", "list", "--prefix", "addressed", "--limit", "1", "--token", token)
                        .out())
                .containsPattern("\nMore: apg compose list --prefix addressed --limit 1 --cursor \\S+\n")
                .doesNotContain(token);
    }

    @Test
    void an_import_names_the_command_that_lists_its_warnings() {
        String out = cli.run("import", "advised.yaml").out();

        assertThat(out)
                .contains(
                        "2 warnings (image.not_pinned 2); `apg import advised.yaml --dry-run --warnings` lists them.");
        assertThat(cli.run("import", "--dry-run", "--warnings", "advised.yaml").err())
                .contains("registry.example/runs:1 is not pinned");
        assertThat(cli.reading("""
                        format: apg.version/1
                        capability: advised-runs
                        version: 1.0.0
                        provides: [{service: advised-store, version: 1.0.0}]
                        runtime:
                          image: registry.example/runs:1
                          ports: [{name: main, port: 6000}]
                        """).run("import", "-", "--stdin-form=yaml").out())
                .contains(
                        "`apg import FILE --stdin-form=yaml --dry-run --warnings` lists them. FILE stands for a file with the input.\n");
    }
}
