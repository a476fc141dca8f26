package dev.apg.server.catalog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a node follows the event log.
 *
 * @param pollInterval how often cursors are read even if no notification came; 10 ms to 1 min
 * @param listen whether to use LISTEN and NOTIFY; false behind a pooler that shares connections between transactions,
 *     where notifications do not arrive and only polling works
 * @param maximumWait how long a request waits for the cursor that it asks for; up to 1 min
 */
@ConfigurationProperties("apg.feed")
record FeedSettings(
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("true") boolean listen,
        @DefaultValue("5s") Duration maximumWait) {

    FeedSettings {
        check("apg.feed.poll-interval", pollInterval, Duration.ofMillis(10));
        check("apg.feed.maximum-wait", maximumWait, Duration.ZERO);
    }

    private static void check(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "%s: %d ms (expected: %d to 60000 ms)".formatted(name, value.toMillis(), least.toMillis()));
        }
    }
}
