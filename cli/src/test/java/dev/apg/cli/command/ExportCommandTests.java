package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTests {
    @TempDir
    Path directory;

    @Test
    void an_export_says_what_it_wrote_and_replaces_a_file_only_if_told_to() throws IOException {
        Cli cli = Cli.onSharedServer(directory);
        Files.writeString(
                directory.resolve("one.yaml"), "format: apg.version/1\ncapability: exported\nversion: 1.0.0\n");
        cli.run("publish", "one.yaml");
        Path file = directory.resolve("all.jsonl");

        Cli.Outcome written = cli.run("export", "-o", "all.jsonl");
        assertThat(written.code()).isEqualTo(ExitCode.OK);
        assertThat(written.out()).isEmpty();
        int documents = Files.readAllLines(file).size();
        assertThat(written.err())
                .isEqualTo("Wrote %d document%s to all.jsonl.%n".formatted(documents, documents == 1 ? "" : "s"));

        Files.writeString(file, "mine");
        Cli.Outcome refused = cli.run("export", "-o", "all.jsonl");
        assertThat(refused.code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(refused.err()).contains("all.jsonl is there already", "--force");
        assertThat(file).hasContent("mine");
        assertThat(cli.run("export", "-o", "all.jsonl", "--force").code()).isEqualTo(ExitCode.OK);
        assertThat(file).content().contains("\"exported\"");
    }
}
