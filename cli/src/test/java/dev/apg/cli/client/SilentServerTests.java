package dev.apg.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers at APG_URL may stop in the middle, or not speak HTTP at all. */
class SilentServerTests {
    @TempDir
    Path directory;

    private Cli.Outcome run(RawServer server, String... arguments) {
        return Cli.alone(directory)
                .with("APG_URL", server.url())
                .with("APG_TIMEOUT", "1")
                .reading("{}\n")
                .run(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"search redis", "export", "import -", "watch"})
    void a_server_that_never_answers_is_given_up(String command) throws IOException {
        try (var silent = RawServer.silentAfter("")) {
            Cli.Outcome outcome = run(silent, command.split(" "));

            assertThat(outcome.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(outcome.err())
                    .isEqualTo(
                            "apg: %s does not answer: not a byte for 1 s. If it needs longer, set APG_TIMEOUT to more seconds.\n"
                                    .formatted(silent.url()));
        }
    }

    @Test
    void a_server_that_stops_in_the_middle_of_its_answer_is_given_up() throws IOException {
        String begun = "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: 100\r\n\r\n{\"a\": 1}\n";
        try (var silent = RawServer.silentAfter(begun.formatted("application/json"))) {
            Cli.Outcome outcome = run(silent, "search", "redis");

            assertThat(outcome.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(outcome.err()).contains("does not answer: not a byte for 1 s");
        }
        try (var silent = RawServer.silentAfter(begun.formatted("application/jsonl"))) {
            Cli.Outcome outcome = run(silent, "export", "-o", "all.jsonl");

            assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
            assertThat(outcome.err())
                    .isEqualTo("apg: The export broke off, and nothing was written: not a byte for 1 s\n");
            assertThat(directory).isEmptyDirectory();
        }
        try (var silent = RawServer.silentAfter(begun.formatted("application/x-ndjson")
                .replace("{\"a\": 1}", "{\"phase\": \"reading\", \"done\": 1000}"))) {
            Cli.Outcome outcome = run(silent, "import", "-");

            assertThat(outcome.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(outcome.err()).contains("not a byte for 1 s): import again, that is safe.");
        }
    }

    @Test
    void how_long_to_wait_is_a_number_of_seconds() {
        for (String wrong : new String[] {"0", "soon", "-1", "86401", "1.5"}) {
            Cli.Outcome refused =
                    Cli.alone(directory).with("APG_TIMEOUT", wrong).run("search", "redis");

            assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err())
                    .isEqualTo("apg: APG_TIMEOUT: %s (expected: seconds, 1 to 86400)\n".formatted(wrong));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n",
                "HTTP/1.1 200 OK\r\nETag: \"a\u0001b\"\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nb\u00fcro: 1\r\nContent-Length: 2\r\n\r\n{}"
            })
    void what_does_not_speak_http_is_named_in_one_sentence(String answer) throws IOException {
        try (var server = RawServer.saying(answer)) {
            Cli.Outcome outcome = run(server, "compose", "delete", "shop");

            assertThat(outcome.code()).isIn(ExitCode.FAILED, ExitCode.UNAVAILABLE);
            assertThat(outcome.err())
                    .hasLineCount(1)
                    .contains("APG_URL")
                    .doesNotContain("should not have happened", "Exception");
        }
    }

    @Test
    void a_cursor_that_no_header_could_carry_is_named_in_one_sentence() throws IOException {
        String report =
                "{\"report\": {\"documents\": 1, \"created\": 1, \"unchanged\": 0, \"changed_states\": 0, \"dry_run\": false,"
                        + " \"cursor\": \"1\\n2\", \"warnings\": [], \"warning_count\": 0}}\n";
        try (var server = RawServer.silentAfter(
                "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(report.length(), report))) {
            Cli.Outcome outcome = run(server, "import", "-");

            assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
            assertThat(outcome.err())
                    .isEqualTo("apg: %s names a cursor that is none: is APG_URL right?\n".formatted(server.url()));
        }
    }
}
