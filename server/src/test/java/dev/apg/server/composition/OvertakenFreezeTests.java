package dev.apg.server.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Something changes between the resolution that is frozen and the transaction that stores it: here a node is behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OvertakenFreezeTests {
    private TestServer node;
    private TestServer behind;
    private Catalogue catalogue;

    @BeforeAll
    void start(@TempDir Path one, @TempDir Path two) {
        TestDatabase database = TestDatabase.create();
        node = TestServer.start(database, one, UnaryOperator.identity());
        // It hears of nothing, and looks only when a request names a cursor.
        behind = TestServer.start(
                database,
                two,
                TestServer.withFeed(feed -> new Settings.Feed(Duration.ofHours(1), false, feed.longestWait())));
        catalogue = new Catalogue(node.client());
    }

    @AfterAll
    void stop() {
        behind.stop();
        node.close();
    }

    private Composition composed(String part) {
        catalogue.publish(part, "1.0.0");
        Composition composition = catalogue.compose("with-" + part, part);
        Answer known = catalogue.reader(behind.client()).post(composition.path() + "/resolve", "{}");
        assertThat(known.status()).as(known.text()).isEqualTo(200);
        return composition;
    }

    private Answer freezeBehind(Composition composition) {
        TestClient client = behind.client().with("If-Match", composition.draftTag());
        return client.post(composition.path() + "/revisions", "{}");
    }

    @Test
    void a_lock_with_a_capability_that_was_retired_since_it_was_resolved_is_not_frozen() {
        Composition composition = composed("ending");
        catalogue.status("ending", "deprecated");
        catalogue.status("ending", "retired");
        Answer refused = freezeBehind(composition);
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("revision.overtaken");
        assertThat(refused.text()).contains("ending was active and is retired now: resolve and freeze again");
    }

    @Test
    void a_lock_with_a_version_that_was_yanked_since_it_was_resolved_is_not_frozen() {
        Composition composition = composed("leaking");
        catalogue.state("leaking", "1.0.0", "yanked");
        Answer refused = freezeBehind(composition);
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("revision.overtaken");
        assertThat(refused.text()).contains("leaking@1.0.0 was published and is yanked now");
    }
}
