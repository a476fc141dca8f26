package dev.apg.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.cli.testing.FakeServer;
import dev.apg.cli.testing.FakeServer.Answer;
import dev.apg.cli.testing.FakeServer.Asked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that says when it wants to be asked again. */
class TooOftenTests {
    private static final Answer REFUSED =
            Answer.refusal(429, "rate_limit.exceeded", "This client has sent too many requests that change something");

    @TempDir
    Path directory;

    private Cli.Outcome run(FakeServer server, String... arguments) {
        return Cli.alone(directory).with("APG_URL", server.url()).run(arguments);
    }

    @Test
    void what_was_refused_is_sent_again_when_the_server_says() throws IOException {
        try (FakeServer server = FakeServer.answering(
                REFUSED.with("Retry-After", "0"),
                REFUSED.with("Retry-After", "0"),
                Answer.of(200, "{\"items\": [], \"total_count\": 0}"))) {
            Cli.Outcome outcome = run(server, "compose", "list");

            assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCode.OK);
            assertThat(server.paths())
                    .containsExactly("/api/v1/compositions", "/api/v1/compositions", "/api/v1/compositions");
        }
    }

    @Test
    void a_change_is_sent_again_under_the_same_key() throws IOException {
        try (FakeServer server = FakeServer.answering(
                REFUSED.with("Retry-After", "0"), Answer.refusal(403, "permission.denied", "no"))) {
            run(server, "compose", "create", "shop");

            List<Asked> asked = server.asked();
            assertThat(asked).hasSize(2);
            assertThat(asked.getFirst().key())
                    .isNotNull()
                    .isEqualTo(asked.getLast().key());
        }
    }

    @Test
    void nobody_waits_longer_than_their_patience() throws IOException {
        try (FakeServer server = FakeServer.answering(REFUSED.with("Retry-After", "3600"))) {
            Cli.Outcome outcome = run(server, "compose", "list");

            assertThat(outcome.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(outcome.err()).contains("This client has sent too many requests that change something");
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    void a_gateway_s_refusal_is_put_into_words() throws IOException {
        try (FakeServer server = FakeServer.answering(Answer.of(429, "slow down"))) {
            Cli.Outcome outcome = run(server, "compose", "list");

            assertThat(outcome.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(outcome.err())
                    .isEqualTo("apg: %s is asked too often (expected: a try later)\n".formatted(server.url()));
        }
    }
}
