package dev.apg.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CheckpointKeeperTests {
    @Test
    void a_node_that_stops_while_the_database_is_away_waits_for_it_once_and_not_for_each_tenant(
            @TempDir Path directory) {
        try (TestDatabase database = TestDatabase.create()) {
            TestServer node = TestServer.start(database, directory, settings -> settings);
            List<TestTenant> tenants =
                    Stream.generate(() -> TestTenant.in(node)).limit(3).toList();
            for (TestTenant tenant : tenants) {
                assertThat(tenant.client().get("/api/v1/capabilities").status()).isEqualTo(200);
            }
            var log = (Logger) LoggerFactory.getLogger(CheckpointKeeper.class);
            var told = new ListAppender<ILoggingEvent>();
            told.start();
            log.addAppender(told);
            try {
                database.goAway();
                node.stop();
            } finally {
                log.detachAppender(told);
            }

            assertThat(told.list)
                    .singleElement()
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .isEqualTo("Snapshots were not kept, because the database does not answer.");
        }
    }
}
