package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Of two who change a password at once, who knows the one before only is too late. */
class PasswordRaceTests {
    private static final String NEXT = "cobalt pigeon orchestra 4";

    @AutoClose
    private static final TestServer server = TestServer.start();

    @Test
    void a_change_that_waited_for_another_one_does_not_replace_its_password() throws Exception {
        People people = People.in(server);
        String ada = people.join("ada@example.com", "observer");
        people.join("bob@example.com", "observer");
        TestClient bob = people.browser("bob@example.com");
        bob.post("/api/v1/me/password", Map.of("current_password", People.PASSWORD, "password", NEXT));
        TestClient thief = people.browser("ada@example.com");
        try (var connection = server.database().superuser();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            // What Ada chooses at the same moment, and what is not committed yet: the same as Bob.
            try (var owner = connection.prepareStatement("""
                    UPDATE account SET password_hash = (SELECT password_hash FROM account
                                                        WHERE tenant_id = ? AND email = 'bob@example.com')
                    WHERE tenant_id = ? AND email = 'ada@example.com'
                    """)) {
                owner.setObject(1, people.tenantId());
                owner.setObject(2, people.tenantId());
                assertThat(owner.executeUpdate()).isEqualTo(1);
            }
            var stolen = executor.submit(() -> thief.post(
                    "/api/v1/me/password",
                    Map.of("current_password", People.PASSWORD, "password", "granite lantern parade 9")));
            awaitSomebodyBehind(connection);
            connection.commit();
            Answer answer = stolen.get();
            assertThat(answer.status()).as(answer.text()).isEqualTo(409);
            assertThat(answer.problem()).isEqualTo("password.changed");
        }
        assertThat(people.logIn(server, "ada@example.com", NEXT).status())
                .as("what she chose is hers: " + ada)
                .isEqualTo(200);
    }

    /** Returns when somebody waits for what the connection's transaction has locked. */
    private static void awaitSomebodyBehind(Connection connection) throws Exception {
        try (var statement = connection.createStatement()) {
            while (true) {
                try (var row = statement.executeQuery("""
                        SELECT EXISTS (SELECT FROM pg_locks w WHERE NOT w.granted
                                       AND pg_backend_pid() = ANY (pg_blocking_pids(w.pid)))
                        """)) {
                    row.next();
                    if (row.getBoolean(1)) {
                        return;
                    }
                }
                Thread.onSpinWait();
            }
        }
    }
}
