package dev.apg.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

/** From one state of a tenant to another, and that nothing leads back from the last one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantLifeTests {
    private static final Map<String, Object> REASON = Map.of("reason", "to see what happens");

    @AutoClose
    private final TestServer server = TestServer.start();

    private MadeTenant made() {
        return MadeTenant.in(server, Map.of());
    }

    private static void assertOver(MadeTenant acme) {
        for (Map.Entry<String, Map<String, Object>> act : List.of(
                Map.entry("resume", Map.<String, Object>of()),
                Map.entry("suspend", REASON),
                Map.entry("delete", REASON),
                Map.entry("tokens", Map.<String, Object>of()))) {
            Answer refused = acme.act(act.getKey(), act.getValue());
            assertThat(refused.status()).as(act.getKey() + refused.text()).isEqualTo(409);
            assertThat(refused.problem()).isEqualTo("tenant.over");
        }
        assertThat(acme.server()
                        .platform()
                        .with("If-Match", "*")
                        .put("/api/v1/tenants/%s/quotas".formatted(acme.code()), Map.of())
                        .problem())
                .isEqualTo("tenant.over");
    }

    private static void assertNothingIsThereForMembers(MadeTenant acme) {
        for (String path : List.of("/api/v1/me", "/api/v1/tenant", "/api/v1/capabilities", "/api/v1/export")) {
            Answer refused = acme.administrator().get(path);
            assertThat(refused.status()).as(path).isEqualTo(401);
            assertThat(refused.problem()).isEqualTo("token.invalid");
        }
        assertThat(acme.publish("box", "1.0.0").status()).isEqualTo(401);
    }

    private void asSuperuser(String sql) {
        try (Connection connection = server.database().superuser();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Test
    void a_tenant_is_not_called_back_when_its_time_is_over() {
        MadeTenant acme = made();
        acme.publish("box", "1.0.0");
        acme.act("delete", Map.of("reason", "gone", "grace_days", 0));

        assertOver(acme);
        assertNothingIsThereForMembers(acme);
    }

    @Test
    void who_ended_a_tenant_and_why_stays_in_the_log_of_the_program() {
        var logger = (Logger) LoggerFactory.getLogger("dev.apg.audit");
        Level before = logger.getLevel();
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        MadeTenant acme = made();
        try {
            acme.act("delete", Map.of("reason", "moved away", "grace_days", 0));
            server.bean(Erasure.class).eraseDeleted();
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(before);
        }

        List<Map<String, Object>> told = lines.list.stream()
                .map(line -> line.getKeyValuePairs().stream()
                        .filter(pair -> pair.value != null)
                        .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value)))
                .filter(line -> acme.code().equals(line.get("target")))
                .toList();
        assertThat(told)
                .extracting(line -> line.get("action"))
                .containsExactly("tenant.created", "tenant.deleted", "tenant.erased");
        assertThat(told.get(1))
                .containsEntry("reason", "moved away")
                .containsEntry("actor", "platform")
                .containsKeys("erased_at", "request_id", "address");
        assertThat(told.get(2)).containsEntry("reason", "moved away");
    }

    @Test
    void an_erasure_that_was_broken_off_is_never_called_back_and_goes_on() {
        MadeTenant acme = made();
        MadeTenant other = made();
        acme.publish("box", "1.0.0");
        acme.act("delete", Map.of("reason", "gone", "grace_days", 0));
        asSuperuser("""
                CREATE FUNCTION broken_off() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN RAISE EXCEPTION 'the node was killed'; END $$;
                CREATE TRIGGER broken_off BEFORE DELETE ON version FOR EACH ROW EXECUTE FUNCTION broken_off();
                """);
        server.bean(Erasure.class).eraseDeleted();

        assertThat(acme.shown().get("state").asString()).isEqualTo("erasing");
        assertOver(acme);
        assertNothingIsThereForMembers(acme);

        asSuperuser("DROP TRIGGER broken_off ON version; DROP FUNCTION broken_off()");
        server.bean(Erasure.class).eraseDeleted();
        assertThat(server.platform().get("/api/v1/tenants/" + acme.code()).status())
                .isEqualTo(404);
        assertThat(other.publish("box", "1.0.0").status()).isEqualTo(201);
    }

    @Test
    void whoever_writes_beside_an_erasure_does_not_stop_it() {
        MadeTenant acme = made();
        acme.publish("box", "1.0.0");
        acme.act("delete", Map.of("reason", "gone", "grace_days", 0));
        asSuperuser("""
                CREATE FUNCTION written_beside() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
                  INSERT INTO audit_entry (tenant_id, entry_id, actor_id, actor, action, target_kind, target, request_id)
                    VALUES (OLD.tenant_id, gen_random_uuid(), OLD.tenant_id, 'somebody', 'login.succeeded', 'client', 'x', 'x');
                  RETURN OLD;
                END $$;
                CREATE TRIGGER written_beside BEFORE DELETE ON version FOR EACH ROW EXECUTE FUNCTION written_beside();
                """);
        server.bean(Erasure.class).eraseDeleted();
        asSuperuser("DROP TRIGGER written_beside ON version; DROP FUNCTION written_beside()");

        assertThat(server.platform().get("/api/v1/tenants/" + acme.code()).status())
                .isEqualTo(404);
    }

    /** What is kept of a tenant outside the database. */
    private static List<Path> kept(TestServer node, MadeTenant tenant) {
        return List.of(
                node.dataDirectory().resolve("snapshot").resolve(tenant.id() + ".checkpoint"),
                node.dataDirectory().resolve("search").resolve(tenant.id().toString()));
    }

    @Test
    void every_node_lets_go_of_what_it_keeps_of_an_erased_tenant() throws Exception {
        Path directory = Files.createTempDirectory("apg-test-");
        MadeTenant acme = made();
        MadeTenant stays = made();
        acme.publish("box", "1.0.0");
        stays.publish("box", "1.0.0");
        TestServer stopped = TestServer.start(server.database(), directory, settings -> settings);
        stopped.stop();
        for (Path path : kept(stopped, acme)) {
            assertThat(path).exists();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .endsWith("------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
                    .isEqualTo("rwx------");
        }
        while (!Files.exists(kept(server, acme).getLast())) {
            Thread.onSpinWait();
        }

        acme.act("delete", Map.of("reason", "gone", "grace_days", 0));
        server.bean(Erasure.class).eraseDeleted();

        while (kept(server, acme).stream().anyMatch(Files::exists)) {
            Thread.onSpinWait();
        }
        TestServer again = TestServer.start(server.database(), directory, settings -> settings);
        try {
            assertThat(kept(again, acme)).noneMatch(Files::exists);
            assertThat(kept(again, stays)).allMatch(Files::exists);
        } finally {
            again.stop();
        }
    }

    private enum Step {
        SUSPEND(REASON),
        RESUME(Map.of()),
        DELETE(Map.of("reason", "to see what happens", "grace_days", 7));

        private final Map<String, Object> body;

        Step(Map<String, Object> body) {
            this.body = body;
        }

        Answer of(MadeTenant tenant) {
            return tenant.act(name().toLowerCase(java.util.Locale.ROOT), body);
        }
    }

    /** How one comes into a state, and where each step leads from there. */
    private record Ways(List<Step> to, String state, String suspend, String resume, String delete) {
        String by(Step step) {
            return switch (step) {
                case SUSPEND -> suspend;
                case RESUME -> resume;
                case DELETE -> delete;
            };
        }
    }

    @Test
    void every_step_from_every_state_leads_on_or_is_refused_without_a_change() {
        for (Ways from : List.of(
                new Ways(List.of(), "active", "suspended", "active", "deleting"),
                new Ways(List.of(Step.SUSPEND), "suspended", "suspended", "active", "deleting"),
                new Ways(List.of(Step.DELETE), "deleting", "tenant.deleting", "active", "deleting"),
                new Ways(List.of(Step.SUSPEND, Step.DELETE), "deleting", "tenant.deleting", "active", "deleting"))) {
            for (Step step : Step.values()) {
                MadeTenant acme = made();
                from.to().forEach(before -> before.of(acme));
                var before = acme.shown();
                assertThat(before.get("state").asString()).isEqualTo(from.state());

                Answer answer = step.of(acme);

                String expected = from.by(step);
                if (expected.startsWith("tenant.")) {
                    assertThat(answer.status()).as(answer.text()).isEqualTo(409);
                    assertThat(answer.problem()).isEqualTo(expected);
                    assertThat(acme.shown()).isEqualTo(before);
                } else {
                    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                    assertThat(acme.shown().get("state").asString())
                            .as("%s when %s", step, from.state())
                            .isEqualTo(expected);
                    assertThat(acme.shown().has("erased_at")).isEqualTo(expected.equals("deleting"));
                }
            }
        }
    }
}
