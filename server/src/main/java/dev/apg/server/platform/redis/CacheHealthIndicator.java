package dev.apg.server.platform.redis;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * The component {@code cache} of the health answer: {@code unknown} while Redis is away. That is never {@code down}, because the
 * server works without it.
 */
@Component
class CacheHealthIndicator extends AbstractHealthIndicator {
    private final Redis redis;

    CacheHealthIndicator(Redis redis) {
        this.redis = redis;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        if (redis.isAway()) {
            health.unknown();
        } else {
            health.up();
        }
    }
}
