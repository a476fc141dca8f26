package dev.apg.server.platform.database;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The component {@code database} of the health answer. */
@Component
class DatabaseHealthIndicator extends AbstractHealthIndicator {
    private final JdbcClient jdbc;

    DatabaseHealthIndicator(JdbcClient jdbc) {
        super("The database does not answer");
        this.jdbc = jdbc;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        jdbc.sql("SELECT 1").query(Integer.class).single();
        health.up();
    }
}
