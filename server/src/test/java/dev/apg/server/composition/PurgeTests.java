package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.requires;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.canonical.Digest;
import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.platform.database.Migrations;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A secret that was published is removable: purging reaches the bundles that hold it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PurgeTests {
    private static final String SECRET = "hunter2-in-plain-text";

    @AutoClose
    private final TestServer server = TestServer.start();

    private Catalogue catalogue;

    @BeforeAll
    void start() {
        catalogue = new Catalogue(server.client());
        catalogue.publish("plugin", "1.0.0");
    }

    /** The image has no digest, so that a warning of the report quotes it too. */
    private void publishLeaky(String code) {
        catalogue.publish(code, "1.0.0", """
                "runtime": {"image": "registry.example/%s:1", "user": 1000,
                  "environment": [{"name": "PASSWORD", "value": "%s"}]}
                """.formatted(SECRET, SECRET));
    }

    private Answer purge(String code) {
        return catalogue
                .reader()
                .with("If-Match", "*")
                .put(
                        "/api/v1/capabilities/%s/versions/1.0.0/state".formatted(code),
                        "{\"state\": \"purged\", \"reason\": \"leaked\"}");
    }

    @Test
    void purging_erases_the_bundles_that_hold_the_versions_content_and_names_them() throws Exception {
        publishLeaky("leaky");
        catalogue.publish("front", "1.0.0", requires("leaky", "^1.0.0"));
        Composition direct = catalogue.compose("exposed", "leaky").freeze();
        direct.apply("{\"op\": \"add_member\", \"capability\": \"plugin\"}").freeze();
        Composition indirect = catalogue.compose("also-exposed", "front").freeze();
        Composition spared = catalogue.compose("spared", "plugin").freeze();
        byte[] sparedBundle = spared.read("/revisions/1/bundle").body();
        Answer bundle = direct.read("/revisions/1/bundle");
        assertThat(bundle.text()).contains(SECRET);
        byte[] lock = direct.read("/revisions/1/lock").body();
        assertThat(direct.read("/revisions/1").json().get("report").toString()).contains(SECRET);
        assertThat(direct.read("/revisions/1").json().has("bundle_purged")).isFalse();

        Answer purged = purge("leaky");

        assertThat(purged.status()).as(purged.text()).isEqualTo(200);
        assertThat(purged.json().get("purged_bundles").toString())
                .isEqualTo("[\"also-exposed@1\",\"exposed@1\",\"exposed@2\"]");
        for (String gone : new String[] {
            direct.path() + "/revisions/1", direct.path() + "/revisions/2", indirect.path() + "/revisions/1"
        }) {
            Answer refused = catalogue.reader().get(gone + "/bundle");
            assertThat(refused.status()).as(gone).isEqualTo(410);
            assertThat(refused.problem()).isEqualTo("bundle.purged");
            assertThat(refused.json().get("detail").asString()).contains("leaky@1.0.0 was purged (leaked)");
        }
        String digest = Digest.of(bundle.body()).toString();
        assertThat(catalogue
                        .reader()
                        .with("If-None-Match", "\"" + digest + "\"")
                        .get(direct.path() + "/revisions/1/bundle")
                        .status())
                .as("whoever has it is told, too")
                .isEqualTo(410);
        assertThat(direct.read("/revisions/1/bundle").json().get("detail").asString())
                .contains(digest);
        assertThat(direct.read("/revisions/1/lock").body()).isEqualTo(lock);
        assertThat(spared.read("/revisions/1/bundle").body()).isEqualTo(sparedBundle);

        JsonNode revision = direct.read("/revisions/1").json();
        assertThat(revision.get("bundle_digest").asString()).isEqualTo(digest);
        assertThat(revision.get("bundle_purged").asString()).contains("leaky@1.0.0 was purged (leaked)");
        assertThat(revision.at("/changed/0/state").asString()).isEqualTo("purged");
        assertThat(revision.at("/changed/0/sentence").asString()).contains("leaky 1.0.0 was purged");
        assertThat(revision.at("/report/findings/0/code").asString()).isEqualTo("report.purged");
        assertThat(direct.read("/revisions").json().at("/items/1/bundle_purged").asString())
                .contains("leaked");
        assertNothingHoldsTheSecret();
        assertThat(direct.tryToFreeze().status())
                .as("a draft that needs it has no solution")
                .isEqualTo(422);
    }

    @Test
    void an_erased_bundle_is_an_event_and_an_audit_entry() throws Exception {
        publishLeaky("told");
        catalogue.compose("telling", "told").freeze();
        String before = catalogue
                .reader()
                .get("/api/v1/events?limit=1")
                .header("X-APG-Seq")
                .orElseThrow();

        purge("told");

        JsonNode events =
                catalogue.reader().get("/api/v1/events?after=" + before).json().get("items");
        assertThat(events.findValuesAsString("type")).containsExactly("version.purged", "bundle.purged");
        assertThat(events.get(1).get("subject").asString()).isEqualTo("telling@1");
        assertThat(events.get(1).at("/data/version").asString()).isEqualTo("told@1.0.0");
        try (var connection = server.database().superuser();
                var rows = connection.createStatement().executeQuery("""
                        SELECT before ->> 'bundle_digest', after ->> 'purged_with', after ->> 'reason' FROM audit_entry
                        WHERE action = 'bundle.purged' AND target = 'telling@1'
                        """)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).startsWith("sha256:");
            assertThat(rows.getString(2)).isEqualTo("told@1.0.0");
            assertThat(rows.getString(3)).isEqualTo("leaked");
        }
    }

    @Test
    void a_revision_that_is_stored_while_the_purge_waits_for_it_loses_its_bundle_too() throws Exception {
        publishLeaky("late");
        Composition composition = catalogue.compose("latecomer", "late");
        try (var superuser = server.database().superuser();
                var statement = superuser.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            superuser.setAutoCommit(false);
            statement.execute("LOCK TABLE revision_entry IN EXCLUSIVE MODE");
            Future<Answer> freezing = threads.submit(composition::tryToFreeze);
            awaitWaiting(statement, 1);
            Future<Answer> purging = threads.submit(() -> purge("late"));
            awaitWaiting(statement, 2);
            superuser.rollback();

            assertThat(freezing.get().status()).as(freezing.get().text()).isEqualTo(201);
            assertThat(purging.get().status()).as(purging.get().text()).isEqualTo(200);
            assertThat(purging.get().json().get("purged_bundles").toString()).isEqualTo("[\"latecomer@1\"]");
        }
        assertThat(composition.read("/revisions/1/bundle").status()).isEqualTo(410);
        assertNothingHoldsTheSecret();
    }

    @Test
    void whoever_wins_of_purging_and_freezing_no_bundle_keeps_the_content() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                String code = "raced-" + i;
                publishLeaky(code);
                Composition composition = catalogue.compose("race-" + i, code);
                Future<Answer> freezing = threads.submit(composition::tryToFreeze);
                Future<Answer> purging = threads.submit(() -> purge(code));
                assertThat(purging.get().status()).as(purging.get().text()).isEqualTo(200);
                assertThat(freezing.get().status()).as(freezing.get().text()).isIn(201, 409, 422);
            }
        }
        assertNothingHoldsTheSecret();
    }

    @Test
    void the_migration_can_be_taken_back_after_a_bundle_was_erased() throws Exception {
        try (TestServer other = TestServer.start()) {
            var theirs = new Catalogue(other.client());
            theirs.publish("leaky", "1.0.0").compose("exposed", "leaky").freeze();
            theirs.state("leaky", "1.0.0", "purged");
            var migrations = new Migrations(
                    TestDatabase.source(other.database().owner()),
                    other.database().server().user());

            List<String> takenBack = new ArrayList<>();
            while (takenBack.stream().noneMatch(change -> change.contains("0027-purged-bundle"))) {
                takenBack.addAll(migrations.down(1));
            }

            try (var connection = other.database().superuser();
                    var rows = connection.createStatement().executeQuery("SELECT length(bundle) FROM revision")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isZero();
            }
        }
    }

    /** Returns when so many wait for a lock. */
    private static void awaitWaiting(Statement statement, int many) throws Exception {
        while (true) {
            try (var row = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
                row.next();
                if (row.getInt(1) >= many) {
                    return;
                }
            }
            Thread.onSpinWait();
        }
    }

    private void assertNothingHoldsTheSecret() throws Exception {
        try (var connection = server.database().superuser();
                var query = connection.prepareStatement("""
                        SELECT composition.code, revision.number FROM revision JOIN composition USING (tenant_id, composition_id)
                        JOIN revision_entry USING (tenant_id, composition_id, number) JOIN version USING (tenant_id, version_id)
                        WHERE version.state = 'purged'
                          AND (position(?::bytea IN revision.bundle) > 0 OR position(? IN revision.report::text) > 0)
                        """)) {
            query.setBytes(1, SECRET.getBytes(StandardCharsets.UTF_8));
            query.setString(2, SECRET);
            try (var rows = query.executeQuery()) {
                assertThat(rows.next()).isFalse();
            }
        }
    }
}
