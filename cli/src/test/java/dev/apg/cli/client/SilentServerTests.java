package dev.apg.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.Apg;
import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    @ValueSource(strings = {"search redis", "export", "watch", "resolve shop"})
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

    @ParameterizedTest
    @CsvSource({
        "import -, 'do it again, that is safe.'",
        "compose create shop, look at what is there before you do it again.",
        "token revoke 1, look at what is there before you do it again."
    })
    void what_a_server_that_never_answers_was_to_do_may_be_done(String command, String advice) throws IOException {
        try (var silent = RawServer.silentAfter("")) {
            Cli.Outcome outcome = run(silent, command.split(" "));

            assertThat(outcome.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(outcome.err())
                    .isEqualTo(
                            "apg: %s does not answer: not a byte for 1 s. If it needs longer, set APG_TIMEOUT to more seconds. Whether it was done is not known: %s\n"
                                    .formatted(silent.url(), advice));
        }
    }

    @Test
    void an_input_is_read_to_its_end_before_a_server_waits_for_it() throws IOException {
        var early = new AtomicBoolean(true);
        try (var server = RawServer.saying("")) {
            Cli.alone(directory)
                    .with("APG_URL", server.url())
                    .reading(() ->
                            new FilterInputStream(new ByteArrayInputStream("{}\n".getBytes(StandardCharsets.UTF_8))) {
                                @Override
                                public int read(byte[] bytes, int offset, int length) throws IOException {
                                    int count = super.read(bytes, offset, length);
                                    early.set(server.asked());
                                    return count;
                                }
                            })
                    .run("import", "-");

            assertThat(early).isFalse();
            assertThat(server.asked()).isTrue();
        }
    }

    @Test
    void an_input_is_not_read_for_a_server_that_cannot_be_asked() {
        for (String wrong : new String[] {"--url=ftp://example.org", "--token=\u0001"}) {
            Cli.Outcome refused = Cli.alone(directory)
                    .reading(() -> new InputStream() {
                        @Override
                        public int read() {
                            throw new AssertionError("read");
                        }
                    })
                    .run("import", "-", wrong);

            assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void an_export_that_is_interrupted_leaves_no_half_file() throws Exception {
        String begun = "HTTP/1.1 200 OK\r\nContent-Type: application/jsonl\r\nContent-Length: 100\r\n\r\n{\"a\": 1}\n";
        try (var silent = RawServer.silentAfter(begun);
                WatchService changes = directory.getFileSystem().newWatchService()) {
            directory.register(changes, StandardWatchEventKinds.ENTRY_CREATE);
            var builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Apg.class.getName(),
                            "export",
                            "-o",
                            "all.jsonl")
                    .directory(directory.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("APG_URL", silent.url());
            Process export = builder.start();
            try {
                WatchKey begins = changes.poll(60, TimeUnit.SECONDS);
                assertThat(begins).isNotNull();
                assertThat(begins.pollEvents())
                        .allSatisfy(
                                event -> assertThat(event.context().toString()).matches("all\\.jsonl\\..*\\.part"));
            } finally {
                export.destroy();
            }

            assertThat(export.waitFor()).isNotZero();
            assertThat(directory).isEmptyDirectory();
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

            assertThat(outcome.code()).isEqualTo(ExitCode.UNAVAILABLE);
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
        String report = "{\"report\": {\"documents\": 1, \"created\": 1, \"unchanged\": 0, \"changed_states\": 0,"
                + " \"new_capabilities\": 1, \"changed_capabilities\": 0, \"dry_run\": false, \"cursor\": \"1\\n2\", \"warnings\": [], \"warning_count\": 0}}\n";
        try (var server = RawServer.silentAfter(
                "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(report.length(), report))) {
            Cli.Outcome outcome = run(server, "import", "-");

            assertThat(outcome.code()).isEqualTo(ExitCode.OK);
            assertThat(outcome.out()).startsWith("Imported 1 document: 1 version published.\n");
            assertThat(outcome.err())
                    .isEqualTo(
                            "apg: It is done, but this node may not show it yet: %s names a cursor that is none: is APG_URL right?\n"
                                    .formatted(server.url()));
        }
    }
}
