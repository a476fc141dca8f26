package dev.apg.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.catalog.Eventually;
import dev.apg.server.platform.Ids;
import dev.apg.server.platform.config.MailSettings;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.secret.SecretColumn;
import dev.apg.server.secret.SecretPlace;
import dev.apg.server.secret.Secrets;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of mail that was not taken at once. */
class MailRetryTests {
    private static UnaryOperator<Settings> mail(int port) {
        var mail = new MailSettings(
                "127.0.0.1",
                port,
                Optional.empty(),
                Optional.empty(),
                "apg@example.com",
                MailSettings.Encryption.IF_OFFERED);
        var keys = TestServer.withKeys(List.of("0f3a9c6d1e8b47527f60c1d2e3a4b5968778695a4b3c2d1e"), tokens -> tokens);
        return settings -> TestServer.withMail(mail).apply(keys.apply(settings));
    }

    private static int closedPort() throws IOException {
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closed.getLocalPort();
        }
    }

    private static long number(TestDatabase database, String condition) {
        try (var connection = database.superuser();
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM mail WHERE " + condition)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (var connection = database.superuser();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Else another node takes what waits behind it, when its time is over, and sends it as well. */
    @Test
    void a_mail_is_claimed_when_its_turn_comes_and_not_before(@TempDir Path one, @TempDir Path two) throws Exception {
        TestDatabase database = TestDatabase.create();
        TestServer away = TestServer.start(database, one, mail(closedPort()));
        TestTenant tenant = TestTenant.in(away);
        for (String name : List.of("ada", "bob", "eve")) {
            tenant.client()
                    .post("/api/v1/accounts", Map.of("email", name + "@example.com", "name", name, "role", "observer"));
        }
        Eventually.holds(
                () -> assertThat(number(database, "attempts = 1 AND next_attempt_at < now() + interval '2 minutes'"))
                        .isEqualTo(3));
        away.stop();
        execute(database, "UPDATE mail SET next_attempt_at = now()");

        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                TestServer node = TestServer.start(database, two, mail(silent.getLocalPort()))) {
            Thread sending =
                    Thread.startVirtualThread(() -> node.bean(Mail.class).sendWaiting());
            try (Socket asked = silent.accept()) {
                assertThat(asked.isConnected()).isTrue();
                assertThat(number(database, "attempts = 2")).isEqualTo(1);
                assertThat(number(database, "attempts = 1")).isEqualTo(2);
            }
            silent.close();
            sending.join();
            assertThat(number(database, "attempts = 2"))
                    .as("one after the other")
                    .isEqualTo(3);
        }
    }

    @Test
    void whatever_is_wrong_with_a_mail_it_is_not_tried_for_ever(@TempDir Path directory) throws Exception {
        TestDatabase database = TestDatabase.create();
        try (TestServer node = TestServer.start(database, directory, mail(closedPort()))) {
            TestTenant tenant = TestTenant.in(node);
            insert(node, tenant.id(), 10);
            insert(node, tenant.id(), 0);

            node.bean(Mail.class).sendWaiting();

            assertThat(number(database, "true")).isEqualTo(1);
            assertThat(number(database, "attempts = 1 AND next_attempt_at > now()"))
                    .isEqualTo(1);
        }
    }

    /** A mail that nobody can read, after so many attempts. */
    private static void insert(TestServer node, UUID tenantId, int attempts) throws SQLException {
        UUID mailId = Ids.next();
        byte[] sealed = node.bean(Secrets.class)
                .seal(
                        new SecretPlace(tenantId, SecretColumn.MAIL, mailId),
                        "no letter".getBytes(StandardCharsets.UTF_8));
        try (var connection = node.database().superuser();
                var statement = connection.prepareStatement(
                        "INSERT INTO mail (tenant_id, mail_id, content, attempts) VALUES (?, ?, ?, ?)")) {
            statement.setObject(1, tenantId);
            statement.setObject(2, mailId);
            statement.setBytes(3, sealed);
            statement.setInt(4, attempts);
            statement.executeUpdate();
        }
    }
}
