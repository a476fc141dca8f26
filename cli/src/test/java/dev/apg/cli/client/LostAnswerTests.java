package dev.apg.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.cli.testing.FakeServer;
import dev.apg.cli.testing.FakeServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway may lose the server behind it; what is asked again then need not say what became of the first. */
class LostAnswerTests {
    private static final Answer LOST = Answer.of(502, "<html>");
    private static final Answer UNDER_WAY = refusal(409, "idempotency_key.under_way");
    private static final Answer CREATED = Answer.of(201, "{\"code\": \"shop\", \"type\": \"custom\"}");

    @TempDir
    Path directory;

    private FakeServer gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = FakeServer.start();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static Answer refusal(int status, String code) {
        return Answer.refusal(status, code, "told");
    }

    private Cli.Outcome create(Answer... answers) {
        gateway.answer("/", answers);
        return cli().run("compose", "create", "shop", "--json");
    }

    private Cli cli() {
        return Cli.alone(directory)
                .with("APG_URL", gateway.url())
                .with("APG_TIMEOUT", "60")
                .reading("{}\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 504})
    void what_a_gateway_did_not_hear_is_asked_for_until_it_is_known(int status) {
        Cli.Outcome created = create(Answer.of(status, "<html>"), UNDER_WAY, UNDER_WAY, CREATED);

        assertThat(created.err()).isEmpty();
        assertThat(created.code()).isEqualTo(ExitCode.OK);
        assertThat(created.json().path("code").asString()).isEqualTo("shop");
        assertThat(gateway.asked()).hasSize(4).extracting(FakeServer.Asked::key).doesNotContainNull();
        assertThat(gateway.asked().stream().map(FakeServer.Asked::key).distinct())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "500, internal",
        "503, database.disk_full",
        "401, token.missing",
        "403, permission.denied",
        "429, rate.exceeded"
    })
    void a_refusal_of_the_second_try_does_not_say_what_became_of_the_first(int status, String code) {
        Cli.Outcome created = create(LOST, refusal(status, code));

        assertThat(created.code()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(created.out()).isEmpty();
        assertThat(created.err())
                .isEqualTo(
                        "apg: A gateway answered 502 in the place of %s. Whether it was done is not known: look at what is there before you do it again.\n"
                                .formatted(gateway.url()));
    }

    @ParameterizedTest
    @CsvSource({
        "504, search redis, 'Try again; if it stays so, is APG_URL right?'",
        "502, resolve shop, 'Try again; if it stays so, is APG_URL right?'",
        "504, export, 'Try again; if it stays so, is APG_URL right?'",
        "504, token revoke 1, 'Whether it was done is not known: look at what is there before you do it again.'",
        "502, compose create shop, 'Whether it was done is not known: look at what is there before you do it again.'",
        "504, import -, 'Whether it was done is not known: do it again, that is safe.'"
    })
    void a_gateway_that_answers_in_the_place_of_the_server_is_told_as_that(int status, String command, String advice) {
        gateway.answer("/", Answer.of(status, "<html>"));

        Cli.Outcome outcome = cli().run(command.split(" "));

        assertThat(outcome.code()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .isEqualTo(
                        "apg: A gateway answered %d in the place of %s. %s\n".formatted(status, gateway.url(), advice));
    }

    @Test
    void a_gateway_s_answer_to_a_change_of_a_draft_says_that_it_may_be_done() throws IOException {
        Files.writeString(directory.resolve("shop.yaml"), "format: apg.composition/1\ncomposition: shop\n");
        gateway.answer("/", LOST);

        Cli.Outcome applied = cli().run("compose", "apply", "-f", "shop.yaml", "--force");

        assertThat(applied.code()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(applied.err())
                .isEqualTo(
                        "apg: A gateway answered 502 in the place of %s. Whether it was done is not known: look at what is there before you do it again.\n"
                                .formatted(gateway.url()));
    }

    @Test
    void a_refusal_that_only_a_server_can_give_that_did_not_do_it_is_the_outcome() {
        Cli.Outcome created = create(LOST, refusal(409, "composition.exists"));

        assertThat(created.code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(created.err()).isEqualTo("apg: told\n");
    }

    @Test
    void what_the_server_itself_refuses_is_not_asked_again() {
        Cli.Outcome created = create(refusal(503, "server.busy"));

        assertThat(created.err()).isEqualTo("apg: told\n");
        assertThat(gateway.asked()).hasSize(1);
    }
}
