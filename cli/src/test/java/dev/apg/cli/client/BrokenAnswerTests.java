package dev.apg.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection may end in the middle of an answer. */
class BrokenAnswerTests {
    private static final String HALF =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"items\": ";

    @TempDir
    Path directory;

    private Cli.Outcome run(String url, String... arguments) {
        return Cli.onSharedServer(directory)
                .with("APG_URL", url)
                .reading("{}\n")
                .run(arguments);
    }

    /** Said before the server hangs up; nothing, or half an answer. */
    private static List<String> beginnings() {
        return List.of("", "HTTP/1.1 200 OK\r\nContent-", HALF);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "search redis | Try again; if it stays so, is APG_URL right?",
                "resolve shop | Try again; if it stays so, is APG_URL right?",
                "token revoke 1 | Whether it was done is not known: look at what is there before you do it again.",
                "compose create shop | Whether it was done is not known: look at what is there before you do it again."
            })
    void an_answer_that_breaks_off_is_told_with_what_the_request_may_have_done(String command, String advice)
            throws IOException {
        for (String beginning : beginnings()) {
            try (var server = RawServer.saying(beginning)) {
                Cli.Outcome outcome = run(server.url(), command.split(" "));

                assertThat(outcome.code()).isEqualTo(ExitCode.UNAVAILABLE);
                assertThat(outcome.err())
                        .startsWith("apg: %s broke off before its answer was complete (".formatted(server.url()))
                        .endsWith("). %s\n".formatted(advice));
            }
        }
    }

    @Test
    void an_import_whose_answer_breaks_off_may_be_sent_again() throws IOException {
        for (String beginning : beginnings()) {
            try (var server = RawServer.saying(beginning)) {
                Cli.Outcome outcome = run(server.url(), "import", "-");

                assertThat(outcome.code()).isEqualTo(ExitCode.UNAVAILABLE);
                assertThat(outcome.err()).contains("again, that is safe.").hasLineCount(1);
            }
        }
    }

    @Test
    void the_doctor_tells_it_apart_from_a_server_that_is_not_there() throws IOException {
        try (var server = RawServer.saying("")) {
            assertThat(run(server.url(), "doctor").out())
                    .containsPattern("server +problem +%s broke off before its answer".formatted(server.url()));
        }
    }

    @Test
    void a_change_whose_answer_is_lost_is_done_once_and_answered() throws IOException {
        Cli cli = Cli.onSharedServer(directory);
        try (var relay = LossyRelay.before(cli.environment().get("APG_URL"), 1)) {
            Cli.Outcome created = run(relay.url(), "compose", "create", "relayed-once", "--type", "departmental");

            assertThat(created.err()).isEmpty();
            assertThat(created.out()).startsWith("Created relayed-once (departmental).\n");
        }
        assertThat(cli.run("compose", "list", "--prefix", "relayed-once").out()).contains("1 of 1.");
    }

    @Test
    void a_change_that_was_done_and_whose_answer_is_a_secret_is_said_to_be_done() throws IOException {
        Cli cli = Cli.onSharedServer(directory);
        try (var relay = LossyRelay.before(cli.environment().get("APG_URL"), 1)) {
            Cli.Outcome created =
                    cli.run("token", "issue", "--label", "lost on its way", "--role", "observer", "--url", relay.url());

            assertThat(created.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(created.err())
                    .contains("broke off before its answer was complete (")
                    .endsWith(
                            "). It was made, but nobody has it: find it with `apg token list --url %1$s`, take it back with `apg token revoke ID --url %1$s`, and make another.\n"
                                    .formatted(relay.url()));
        }
        assertThat(cli.run("token", "list", "--limit", "100").out().lines())
                .filteredOn(line -> line.contains("lost on its way"))
                .hasSize(1);
    }

    @Test
    void a_change_whose_answer_is_lost_twice_is_said_to_be_perhaps_done() throws IOException {
        Cli cli = Cli.onSharedServer(directory);
        try (var relay = LossyRelay.before(cli.environment().get("APG_URL"), 2)) {
            Cli.Outcome created = run(relay.url(), "compose", "create", "relayed-twice");

            assertThat(created.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(created.err()).endsWith("look at what is there before you do it again.\n");
        }
        assertThat(cli.run("compose", "show", "relayed-twice").code()).isEqualTo(ExitCode.OK);
    }
}
