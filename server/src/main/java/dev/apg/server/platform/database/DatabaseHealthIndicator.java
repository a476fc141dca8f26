package dev.apg.server.platform.database;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The component {@code database} of the health answer. Whoever asks waits for the database only briefly, and for the same
 * check as everybody else: a database that hangs costs probes neither their answer nor more than one connection.
 */
@Component
class DatabaseHealthIndicator extends AbstractHealthIndicator {
    private static final long LONGEST_WAIT_MILLIS = 1_500;

    private final JdbcClient jdbc;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletableFuture<Void> check;

    DatabaseHealthIndicator(JdbcClient jdbc) {
        super("The database does not answer");
        this.jdbc = jdbc;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws InterruptedException {
        try {
            underWay().get(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            health.up();
        } catch (TimeoutException e) {
            health.down().withDetail("unanswered_for_ms", LONGEST_WAIT_MILLIS);
        } catch (ExecutionException e) {
            // Not given to health as an exception: that would log it with each probe.
            health.down();
        }
    }

    private CompletableFuture<Void> underWay() {
        lock.lock();
        try {
            CompletableFuture<Void> now = check;
            if (now == null || now.isDone()) {
                now = new CompletableFuture<>();
                check = now;
                CompletableFuture<Void> started = now;
                Thread.ofVirtual().name("database-health").start(() -> complete(started));
            }
            return now;
        } finally {
            lock.unlock();
        }
    }

    private void complete(CompletableFuture<Void> started) {
        try {
            jdbc.sql("SELECT 1").query(Integer.class).single();
            started.complete(null);
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(e);
        }
    }
}
