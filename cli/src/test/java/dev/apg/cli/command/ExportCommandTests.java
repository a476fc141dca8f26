package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.cli.testing.FakeServer;
import dev.apg.cli.testing.FakeServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

    /** What may stand at APG_URL instead of APG: its media type, what it says, and what is told of that. */
    static Stream<Arguments> noExports() {
        return Stream.of(
                Arguments.of("text/html", "<html>\n", "text/html (expected: application/jsonl)"),
                Arguments.of("application/json", "{}\n", "application/json (expected: application/jsonl)"),
                Arguments.of("", "{}\n", "nothing known (expected: application/jsonl)"),
                Arguments.of("application/jsonl", "{}\n<html>\n", "a line that is no document (expected: JSON Lines)"),
                Arguments.of("application/jsonl", "\n".repeat(9), "a line that is no document (expected: JSON Lines)"),
                Arguments.of("application/jsonl", "{".repeat(5 << 20), "a line of more than 4 MiB (expected: at most"));
    }

    @ParameterizedTest
    @MethodSource("noExports")
    void what_is_no_export_leaves_the_file_alone(String type, String said, String told) throws IOException {
        Files.writeString(directory.resolve("all.jsonl"), "mine");
        Cli.Outcome refused = exportFrom(type, said, "-o", "all.jsonl", "--force");

        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err())
                .startsWith("apg: The answer is no export: " + told)
                .endsWith("Is APG_URL the address of an APG server?\n");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("all.jsonl"));
        }
        assertThat(directory.resolve("all.jsonl")).hasContent("mine");
    }

    @Test
    void an_export_that_breaks_off_leaves_no_half_file() throws IOException {
        Cli.Outcome broken = exportFrom("Application/JSONL; charset=utf-8", "{}\n{\"half\":", "-o", "all.jsonl");

        assertThat(broken.code()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(broken.err())
                .isEqualTo("apg: The export broke off, and nothing was written: its last line is not complete\n");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_file_that_cannot_be_written_is_not_put_down_to_the_server() throws IOException {
        // With what is added to it while it is written, longer than a name may be.
        String name = "a".repeat(240) + ".jsonl";

        Cli.Outcome unwritten = exportFrom("application/jsonl", "{}\n", "-o", name);

        assertThat(unwritten.code()).isEqualTo(ExitCode.FAILED);
        assertThat(unwritten.err()).isEqualTo("apg: %s cannot be written: file name too long\n".formatted(name));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void only_a_file_takes_an_export() throws IOException {
        Files.createDirectory(directory.resolve("there"));
        Cli cli = Cli.alone(directory);

        for (String place : new String[] {"there", "/dev/null"}) {
            Cli.Outcome refused = cli.run("export", "-o", place, "--force");
            assertThat(refused.code()).isEqualTo(ExitCode.CONFLICT);
            assertThat(refused.err()).startsWith("apg: " + place + " is there already and is no file");
        }
        assertThat(cli.run("export", "-o", "nowhere/all.jsonl").err())
                .isEqualTo("apg: nowhere/all.jsonl cannot be written: there is no such directory\n");
    }

    @Test
    void an_export_on_standard_output_is_as_the_server_sent_it() throws IOException {
        String line = "{\"description\":\"left \u202e right\"}\n";

        assertThat(exportFrom("application/jsonl", line).out()).isEqualTo(line);
    }

    private Cli.Outcome exportFrom(String type, String said, String... options) throws IOException {
        Answer answer = Answer.of(200, said);
        try (var server = FakeServer.answering(type.isEmpty() ? answer : answer.with("Content-Type", type))) {
            return Cli.alone(directory)
                    .with("APG_URL", server.url())
                    .run(Stream.concat(Stream.of("export"), Stream.of(options)).toArray(String[]::new));
        }
    }
}
