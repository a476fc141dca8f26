package dev.apg.server.search;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * The component {@code search} of the health answer: down until the indexes of the start are there, and while none can be
 * written. A single tenant's broken index is told in the details and by a metric; the others' requests may still come.
 */
@Component
class SearchHealthIndicator extends AbstractHealthIndicator {
    private final SearchIndexes indexes;

    SearchHealthIndicator(SearchIndexes indexes) {
        super("Search cannot be judged");
        this.indexes = indexes;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.status(indexes.isWell() ? "UP" : "DOWN").withDetail("failing_tenants", indexes.failing());
    }
}
