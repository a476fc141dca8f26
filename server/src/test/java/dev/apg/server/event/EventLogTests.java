package dev.apg.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.catalog.CatalogRows;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventLogTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    @Test
    void pages_show_every_event_once_in_order_and_end_where_the_log_ends() {
        TestTenant tenant = TestTenant.in(server);
        var rows = new CatalogRows(tenant);
        Cursor end = new Cursor(0, 0);
        for (int i = 0; i < 10; i++) {
            int number = i;
            end = rows.write(batch -> IntStream.range(0, 7).forEach(j -> batch.capability("c-" + number + "-" + j)));
        }
        List<String> cursors = new ArrayList<>();
        String after = "1.0";
        JsonNode page;
        do {
            Answer answer = tenant.client().get("/api/v1/events?limit=9&after=" + after);
            page = answer.json();
            page.get("items").forEach(event -> cursors.add(event.get("cursor").asString()));
            assertThat(page.get("end").asString()).isEqualTo(end.toString());
            assertThat(answer.header("X-APG-Seq")).contains(end.toString());
            after = page.get("next_cursor").asString();
        } while (page.get("items").size() > 0);
        // The first events are the tenant and the token that it was made with.
        assertThat(cursors)
                .isEqualTo(IntStream.rangeClosed(1, 72).mapToObj(i -> "1." + i).toList());
        assertThat(after).isEqualTo(end.toString());
        JsonNode event = tenant.client()
                .get("/api/v1/events?limit=1&after=1.2")
                .json()
                .get("items")
                .get(0);
        assertThat(event.get("type").asString()).isEqualTo("capability.described");
        assertThat(event.get("subject").asString()).isEqualTo("c-0-0");
        assertThat(event.get("actor").asString()).isEqualTo("test");
        assertThat(event.get("actor_kind").asString()).isEqualTo("token");
    }

    @Test
    void a_cursor_that_does_not_lead_on_is_gone_and_says_where_to_start_again() throws Exception {
        TestTenant tenant = TestTenant.in(server);
        TestClient client = tenant.client();
        Cursor end =
                new CatalogRows(tenant).write(batch -> IntStream.range(0, 20).forEach(i -> batch.capability("c-" + i)));
        assertThat(gone(client, "2.1")).isEqualTo("cursor.other_epoch");
        assertThat(gone(client, "1." + (end.seq() + 1))).isEqualTo("cursor.ahead");
        try (var connection = server.database().superuser();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE event SET at = now() - interval '40 days' WHERE seq <= 15 AND tenant_id = '"
                    + tenant.id() + "'");
        }
        server.bean(EventRetention.class).deleteOld();
        assertThat(gone(client, "1.14")).isEqualTo("cursor.too_old");
        assertThat(client.get("/api/v1/events?after=1.15&limit=1")
                        .json()
                        .get("items")
                        .get(0)
                        .get("cursor")
                        .asString())
                .isEqualTo("1.16");
        assertThat(client.get("/api/v1/events?limit=1")
                        .json()
                        .get("items")
                        .get(0)
                        .get("cursor")
                        .asString())
                .isEqualTo("1.16");
        Answer answer = client.get("/api/v1/events?after=1.3");
        assertThat(answer.text()).contains("events after " + end);
    }

    private static String gone(TestClient client, String after) {
        Answer answer = client.get("/api/v1/events?after=" + after);
        assertThat(answer.status()).as(after).isEqualTo(410);
        return answer.problem();
    }

    @Test
    void retention_keeps_a_log_without_gaps_even_if_the_clock_jumped() throws Exception {
        TestTenant tenant = TestTenant.in(server);
        new CatalogRows(tenant).write(batch -> IntStream.range(0, 20).forEach(i -> batch.capability("c-" + i)));
        try (var connection = server.database().superuser();
                var statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE event SET at = now() - interval '40 days' WHERE seq NOT IN (6, 7) AND tenant_id = '"
                            + tenant.id() + "'");
        }
        server.bean(EventRetention.class).deleteOld();
        JsonNode page = tenant.client().get("/api/v1/events?limit=100").json();
        assertThat(page.get("items").get(0).get("cursor").asString()).isEqualTo("1.6");
        assertThat(page.get("items").size()).isEqualTo(17);
    }

    @Test
    void a_tenant_whose_events_cannot_be_deleted_does_not_keep_those_of_others() throws Exception {
        List<TestTenant> tenants = List.of(TestTenant.in(server), TestTenant.in(server));
        for (TestTenant failing : tenants) {
            try (var connection = server.database().superuser();
                    var statement = connection.createStatement()) {
                statement.execute("UPDATE event SET at = now() - interval '40 days'");
                statement.execute("""
                        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                        $$ BEGIN RAISE EXCEPTION 'a disk that cannot be read'; END $$
                        """);
                statement.execute(
                        "CREATE TRIGGER refuse BEFORE DELETE ON event FOR EACH ROW WHEN (OLD.tenant_id = '%s') EXECUTE FUNCTION refuse()"
                                .formatted(failing.id()));

                server.bean(EventRetention.class).deleteOld();

                statement.execute("DROP FUNCTION refuse() CASCADE");
            }
            for (TestTenant tenant : tenants) {
                int kept = tenant.client()
                        .get("/api/v1/events")
                        .json()
                        .get("items")
                        .size();
                assertThat(kept > 0).isEqualTo(tenant == failing);
            }
            tenants.forEach(tenant -> new CatalogRows(tenant).write(batch -> batch.capability("c-" + failing.id())));
        }
    }

    @Test
    void text_that_is_no_cursor_is_malformed() {
        TestClient client = TestTenant.in(server).client();
        for (String text : List.of("1", "x", "1.-1", "", "1.1.1")) {
            Answer answer = client.get("/api/v1/events?after=" + text);
            assertThat(answer.status()).as(text).isEqualTo(400);
            assertThat(answer.problem()).as(text).isEqualTo("cursor.malformed");
        }
    }
}
