package dev.apg.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.capability.Provision;
import dev.apg.server.catalog.CatalogRows.About;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot is the state of the database at its cursor, whichever way it was made. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotPropertyTests {
    private TestDatabase database;
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path directory) {
        database = TestDatabase.create();
        server = TestServer.start(database, directory, settings -> settings);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** The bytes of a checkpoint say everything that a snapshot knows, in a fixed order. */
    private static byte[] content(Snapshot snapshot) throws IOException {
        var bytes = new ByteArrayOutputStream();
        new CheckpointWriter(new DataOutputStream(bytes)).write(new Checkpoint(snapshot, "mark"));
        return bytes.toByteArray();
    }

    private Snapshot reached(TestTenant tenant, Cursor cursor) {
        return server.bean(Catalog.class)
                .follower(tenant.id())
                .await(snapshot -> snapshot.cursor().compareTo(cursor) >= 0, Duration.ofSeconds(30))
                .orElseThrow();
    }

    @Test
    void following_events_gives_the_same_as_reading_everything() throws IOException {
        TestTenant tenant = TestTenant.in(server);
        var rows = new CatalogRows(tenant);
        var changes = new RandomChanges(42);
        for (int round = 0; round < 60; round++) {
            Cursor cursor = rows.write(changes::apply);
            Snapshot followed = reached(tenant, cursor);
            Snapshot whole = server.bean(SnapshotLoader.class).load(tenant.id()).snapshot();
            assertThat(content(followed)).as("round " + round).isEqualTo(content(whole));
            assertThat(followed.versionCount()).isEqualTo(whole.versionCount());
            for (String service : RandomChanges.SERVICES) {
                assertThat(followed.universe().providers(service))
                        .isEqualTo(whole.universe().providers(service));
            }
        }
        assertThat(server.bean(MeterRegistry.class)
                        .get("apg.snapshot.loads")
                        .tag("from", "events")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(50);
    }

    @Test
    void a_checkpoint_is_read_back_as_it_was_written_and_a_damaged_one_is_not_used() throws IOException {
        TestTenant tenant = TestTenant.in(server);
        var changes = new RandomChanges(43);
        Cursor cursor = new CatalogRows(tenant).write(batch -> {
            for (int i = 0; i < 30; i++) {
                changes.apply(batch);
            }
        });
        Snapshot snapshot = reached(tenant, cursor);
        var loader = server.bean(SnapshotLoader.class);
        var checkpoints = server.bean(Checkpoints.class);
        loader.keep(tenant.id(), snapshot);
        Snapshot kept = checkpoints.read(tenant.id()).orElseThrow().snapshot();
        assertThat(content(kept)).isEqualTo(content(snapshot));
        byte[] good = Files.readAllBytes(checkpoints.file(tenant.id()));
        var random = new Random(1);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = good.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(checkpoints.file(tenant.id()), damaged);
            assertThat(checkpoints.read(tenant.id())).isEmpty();
        }
        for (int length : new int[] {0, 1, 8, 20, good.length / 2, good.length - 1}) {
            Files.write(checkpoints.file(tenant.id()), Arrays.copyOf(good, length));
            assertThat(checkpoints.read(tenant.id())).isEmpty();
        }
        assertThat(content(loader.first(tenant.id()).snapshot())).isEqualTo(content(snapshot));
    }

    @Test
    void a_checkpoint_of_a_history_that_did_not_happen_is_not_used() throws Exception {
        TestTenant tenant = TestTenant.in(server);
        Cursor cursor = new CatalogRows(tenant).write(batch -> batch.capability("redis"));
        var loader = server.bean(SnapshotLoader.class);
        loader.keep(tenant.id(), reached(tenant, cursor));
        try (var connection = database.superuser();
                var statement = connection.createStatement()) {
            // As after a restore that went another way with the same numbers.
            statement.execute("UPDATE event SET at = at - interval '1 second' WHERE tenant_id = '" + tenant.id() + "'");
            statement.execute("UPDATE capability SET display_name = 'Other' WHERE tenant_id = '" + tenant.id() + "'");
        }
        assertThat(loader.first(tenant.id()).snapshot().require("redis").displayName())
                .isEqualTo("Other");
    }

    @Test
    void a_node_starts_from_what_it_kept_and_from_the_events_since(@TempDir Path other) {
        TestTenant tenant = TestTenant.in(server);
        var rows = new CatalogRows(tenant);
        Cursor first = rows.write(batch -> batch.capability("redis"));
        TestServer node = TestServer.start(database, other, settings -> settings);
        assertThat(tenant.client(node)
                        .with("X-APG-Min-Seq", first.toString())
                        .get("/api/v1/search?q=redis")
                        .json()
                        .get("total_count")
                        .asInt())
                .isEqualTo(1);
        node.stop();
        assertThat(other.resolve("snapshot").resolve(tenant.id() + ".checkpoint"))
                .exists();
        Cursor second = rows.write(batch -> batch.capability("valkey"));
        TestServer again = TestServer.start(database, other, settings -> settings);
        try {
            var client = tenant.client(again);
            assertThat(client.get("/readyz").status()).isEqualTo(200);
            assertThat(client.get("/api/v1/capabilities").header("X-APG-Seq")).contains(second.toString());
            for (String code : List.of("redis", "valkey")) {
                assertThat(client.get("/api/v1/search?q=" + code)
                                .json()
                                .get("total_count")
                                .asInt())
                        .isEqualTo(1);
            }
            assertThat(again.bean(MeterRegistry.class)
                            .get("apg.snapshot.loads")
                            .tag("from", "checkpoint")
                            .counter()
                            .count())
                    .isGreaterThanOrEqualTo(1);
        } finally {
            again.stop();
        }
    }

    /** Changes of every kind, in any order, as often as not of the same few capabilities. */
    private static final class RandomChanges {
        static final List<String> SERVICES = List.of("store", "queue", "mail");
        private static final List<String> STATES = List.of("published", "deprecated", "yanked", "purged", "pending");
        private static final List<String> STATUSES = List.of("registered", "active", "deprecated", "retired");

        private final Random random;
        private final List<String> codes = new ArrayList<>();
        private final List<String[]> versions = new ArrayList<>();

        RandomChanges(long seed) {
            random = new Random(seed);
        }

        void apply(CatalogRows.Batch batch) {
            for (int i = random.nextInt(6) + 1; i > 0; i--) {
                one(batch);
            }
        }

        private void one(CatalogRows.Batch batch) {
            int kind = codes.isEmpty() ? 0 : random.nextInt(6);
            switch (kind) {
                case 0 -> {
                    String code = (random.nextBoolean() ? "a" : "z") + codes.size();
                    codes.add(code);
                    batch.capability(code);
                }
                case 1 ->
                    batch.capability(
                            any(codes),
                            new About(
                                    "Name " + random.nextInt(9),
                                    "x".repeat(random.nextInt(1_200)),
                                    "c" + random.nextInt(3),
                                    "o" + random.nextInt(3),
                                    List.of("t" + random.nextInt(4)),
                                    List.of("k"),
                                    any(STATUSES)));
                case 2, 3 -> {
                    String[] version = {any(codes), "1.%d.0".formatted(versions.size())};
                    versions.add(version);
                    batch.version(
                            version[0],
                            version[1],
                            CatalogRows.structure(
                                    random.nextBoolean() ? List.of(new Provision(any(SERVICES), "1.0.0")) : List.of(),
                                    random.nextBoolean()
                                            ? CatalogRows.requires(any(codes), "^1.0.0")
                                            : CatalogRows.requiresService(any(SERVICES), ">=1")));
                }
                case 4 -> {
                    if (!versions.isEmpty()) {
                        String[] version = any(versions);
                        batch.state(version[0], version[1], any(STATES));
                    }
                }
                default -> batch.service("service-" + random.nextInt(50), "A service.");
            }
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }
}
