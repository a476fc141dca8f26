package dev.apg.server.capability;

import static dev.apg.server.capability.Registry.line;
import static dev.apg.server.capability.Registry.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.catalog.Eventually;
import dev.apg.server.tenancy.Role;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a node takes at once of a tenant whose writes do not come through. */
class BusyNodeTests {
    private static TestDatabase database;
    private static TestServer server;

    private final UUID tenant = Registry.tenant(server);
    private final Registry registry = Registry.in(server, tenant, Role.TENANT_ADMINISTRATOR);

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        server = TestServer.start(database);
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @Test
    void publications_that_wait_for_the_database_are_bounded_by_their_number() throws Exception {
        overloaded(540, 540 - 512, i -> registry.publish(version("c" + i, "1.0.0")));
    }

    @Test
    void publications_that_wait_for_the_database_are_bounded_by_their_size() throws Exception {
        // A document has contracts of at most 1 MiB each.
        String contracts = IntStream.range(0, 4)
                .mapToObj(i -> """
                        {"name":"c%d","type":"openapi","document":{"openapi":"3.1.0","info":\
                        {"title":"large","version":"1","description":"%s"}}}\
                        """.formatted(i, "x".repeat(975_000)))
                .collect(Collectors.joining(","));
        overloaded(
                12,
                12 - 8,
                i -> registry.client.post(
                        Registry.versions("large" + i),
                        line("large" + i, "1.0.0", ",\"contracts\":[" + contracts + "]")));
    }

    /** All are sent while the tenant cannot commit; some are refused at once, and the others carried out. */
    private void overloaded(int sent, int refused, IntFunction<Answer> publish) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ExecutorCompletionService<Answer>(threads);
            try (Connection blocked = withoutCommits()) {
                IntStream.range(0, sent).forEach(i -> answers.submit(() -> publish.apply(i)));
                for (int i = 0; i < refused; i++) {
                    Answer busy = answers.take().get();
                    assertThat(busy.status()).as(busy.text()).isEqualTo(503);
                    assertThat(busy.problem()).isEqualTo("publish.busy");
                    assertThat(busy.header("Retry-After")).isPresent();
                }
                assertThat(Registry.of(server)
                                .publish(version("other", "1.0.0"))
                                .status())
                        .as("another tenant")
                        .isEqualTo(201);
                blocked.rollback();
            }
            for (int i = refused; i < sent; i++) {
                Answer published = answers.take().get();
                assertThat(published.status()).as(published.text()).isEqualTo(201);
            }
        }
        registry.has("afterwards", "1.0.0");
    }

    @Test
    void imports_of_one_tenant_take_turns_and_leave_room_for_another() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> own = new ArrayList<>();
            try (Connection blocked = withoutCommits()) {
                for (int i = 0; i < 3; i++) {
                    String code = "own" + i;
                    own.add(threads.submit((Callable<Answer>) () -> registry.importLines(line(code, "1.0.0", ""))));
                }
                Eventually.holds(() -> assertThat(waiting()).isPositive());
                Answer others = Registry.of(server).importLines(line("a", "1.0.0", ""));
                assertThat(others.status()).as(others.text()).isEqualTo(200);
                blocked.rollback();
            }
            for (Future<Answer> answer : own) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
    }

    /** Keeps the tenant's writers from their last statement until it is closed. */
    private Connection withoutCommits() throws SQLException {
        Connection connection = database.superuser();
        connection.setAutoCommit(false);
        try (var lock = connection.prepareStatement("SELECT seq FROM tenant_cursor WHERE tenant_id = ? FOR UPDATE")) {
            lock.setObject(1, tenant);
            lock.executeQuery();
        }
        return connection;
    }

    /** Connections that wait for a lock. */
    private static int waiting() {
        try (Connection connection = database.superuser();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
