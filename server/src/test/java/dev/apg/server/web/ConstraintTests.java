package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the schema refuses though no service foresaw it. */
class ConstraintTests {
    @Test
    void a_name_that_is_taken_is_a_conflict_and_a_row_that_no_state_would_admit_a_defect() throws Exception {
        try (TestServer server = TestServer.start()) {
            try (var connection = server.database().superuser();
                    var statement = connection.createStatement()) {
                statement.execute("ALTER TABLE composition ADD CHECK (owner <> 'nobody')");
                statement.execute("CREATE UNIQUE INDEX ON composition (owner) WHERE owner = 'one'");
            }
            assertThat(create(server, "first", "one").status()).isEqualTo(201);

            Answer taken = create(server, "second", "one");
            Answer impossible = create(server, "third", "nobody");

            assertThat(taken.status()).isEqualTo(409);
            assertThat(taken.problem()).isEqualTo("state.conflict");
            assertThat(impossible.status()).isEqualTo(500);
            assertThat(impossible.problem()).isEqualTo("server.defect");
        }
    }

    private static Answer create(TestServer server, String code, String owner) {
        return server.client().post("/api/v1/compositions", Map.of("code", code, "owner", owner));
    }
}
