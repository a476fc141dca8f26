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
        String configure = "apg compose configure advised advised-invoice '{\"currency\": …, …}'";

        Cli.Outcome validated = cli.run("compose", "validate", "advised");
        assertThat(validated.code()).isEqualTo(ExitCode.INVALID);
        assertThat(validated.out())
                .contains("Errors (2)", "What to do (2)", "\n    " + add + "\n", "\n    " + configure + "\n");

        Cli.Outcome refused = cli.run("freeze", "advised");
        assertThat(refused.code()).isEqualTo(ExitCode.INVALID);
        assertThat(refused.err())
                .contains("`" + add + "`", "`" + configure + "`", "`apg compose validate advised` tells");

        cli.run(Words.ofCommand(add));
        cli.run(Words.ofCommand(configure.replace("…, …", "\"EUR\"")));
        assertThat(cli.run("freeze", "advised").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void an_import_names_the_command_that_lists_its_warnings() {
        String out = cli.run("import", "advised.yaml").out();

        assertThat(out)
                .contains(
                        "2 warnings (image.not_pinned 2); `apg import --dry-run --warnings advised.yaml` lists them.");
        assertThat(cli.run("import", "--dry-run", "--warnings", "advised.yaml").err())
                .contains("registry.example/runs:1 is not pinned");
    }
}
