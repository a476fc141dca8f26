package dev.apg.server.catalog;

import dev.apg.server.platform.config.Settings;
import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** The component {@code feed} of the health answer: down until the tenants of the start are loaded, and while a snapshot lags behind. */
@Component
class FeedHealthIndicator extends AbstractHealthIndicator {
    /** Polls that may fail before this is worth an alarm. */
    private static final int MISSED_POLLS = 10;

    private final Catalog catalog;
    private final Feed feed;
    private final Duration tolerated;

    FeedHealthIndicator(Catalog catalog, Feed feed, Settings settings) {
        super("The feed cannot be judged");
        this.catalog = catalog;
        this.feed = feed;
        this.tolerated = settings.feed().pollInterval().multipliedBy(MISSED_POLLS);
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Duration lag = catalog.lag();
        health.status(feed.isLoaded() && lag.compareTo(tolerated) <= 0 ? "UP" : "DOWN")
                .withDetail("lag_seconds", lag.toMillis() / 1_000.0)
                .withDetail("tenants", catalog.followers().size());
    }
}
