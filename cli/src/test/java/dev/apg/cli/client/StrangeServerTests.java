package dev.apg.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.cli.testing.FakeServer;
import dev.apg.cli.testing.FakeServer.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands at APG_URL may be anything. */
class StrangeServerTests {
    @TempDir
    Path directory;

    private FakeServer strange;

    @BeforeEach
    void start() throws IOException {
        strange = FakeServer.start();
    }

    @AfterEach
    void stop() {
        strange.close();
    }

    private Cli.Outcome run(String... arguments) {
        return Cli.alone(directory)
                .with("APG_URL", strange.url())
                .reading("{}\n")
                .run(arguments);
    }

    private void answer(int status, String body) {
        strange.answer("/", Answer.of(status, body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"show redis", "compose list", "search redis", "bundle shop@1 -o out", "token list"})
    void an_answer_without_a_body_is_named(String command) {
        answer(200, "");

        Cli.Outcome outcome = run(command.split(" "));

        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.err()).isEqualTo("apg: The answer is empty: is APG_URL the address of an APG server?\n");
    }

    @ParameterizedTest
    @CsvSource({"show redis, 200", "show redis, 404", "compose list, 503", "show redis, 502"})
    void null_is_no_answer(String command, int status) {
        answer(status, "null");

        Cli.Outcome outcome = run(command.split(" "));

        assertThat(outcome.err()).contains("is APG_URL").doesNotContain("NullPointer", "should not have happened");
    }

    @ParameterizedTest
    @CsvSource({"show redis, 302", "compose list, 307", "export, 302", "bundle shop@1 -o out, 301", "show redis, 304"})
    void being_sent_elsewhere_is_named(String command, int status) {
        strange.answer("/", Answer.of(status, "").with("Location", "https://login.example.org/"));

        Cli.Outcome outcome = run(command.split(" "));

        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.err())
                .isEqualTo("apg: %s answered %d, to go to https://login.example.org/: is APG_URL right?\n"
                        .formatted(strange.url(), status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"show redis", "import -", "bundle shop@1 -o out"})
    void an_answer_without_an_end_is_given_up(String command) {
        strange.answerWithoutEnd("/");

        Cli.Outcome outcome = run(command.split(" "));

        assertThat(outcome.code()).isIn(ExitCode.FAILED, ExitCode.UNAVAILABLE);
        assertThat(outcome.err()).contains("does not stop answering").contains("is APG_URL right?");
    }

    @Test
    void a_document_without_an_end_is_refused_before_anything_is_sent() {
        answer(500, "");

        for (String command : new String[] {"publish /dev/zero", "compose create -f /dev/zero"}) {
            Cli.Outcome outcome = run(command.split(" "));

            assertThat(outcome.code()).isEqualTo(ExitCode.INVALID);
            assertThat(outcome.err()).isEqualTo("apg: /dev/zero: too large (expected: a document of at most 4 MiB)\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"{}, The answer is none to an import", "'', The answer is empty"})
    void a_whole_answer_that_is_none_to_an_import_is_named(String body, String told) {
        answer(200, body);

        Cli.Outcome outcome = run("import", "-");

        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.err())
                .isEqualTo("apg: %s: is APG_URL the address of an APG server? If it is, import again, that is safe.\n"
                        .formatted(told));
    }

    @Test
    void a_problem_whose_errors_are_none_of_ours_is_told_in_a_sentence() {
        answer(422, """
                {"title": "t", "status": 422, "code": "x", "detail": "d", "errors": [{"name": "a", "reason": "b"}]}
                """);

        Cli.Outcome outcome = run("search", "cart");

        assertThat(outcome.err()).contains("answered 422 without saying why").doesNotContain("Exception");
    }

    @Test
    void text_of_a_server_does_not_rewrite_the_terminal() {
        answer(200, """
                {"valid": false, "findings": [{"severity": "error", "code": "run.port\\u001b[2J", "capability": "shop",
                 "sentence": "a\\u0007b\\u009bc\\u202ed\\re", "fixes": []}]}
                """);

        Cli.Outcome outcome = run("compose", "validate", "shop");

        assertThat(outcome.out()).contains("a b c d e").doesNotContain("\u001b", "\u0007", "\u009b", "\u202e", "\r");
    }
}
