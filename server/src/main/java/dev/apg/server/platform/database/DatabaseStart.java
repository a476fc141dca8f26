package dev.apg.server.platform.database;

import dev.apg.server.platform.config.Settings;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.modulith.NamedInterface;

/**
 * The start of the database: the embedded one is made and started, the schema brought up to date or held to be so. It
 * goes on beside the start of the application, which takes about as long and needs the database only near its end.
 */
@NamedInterface("start")
public final class DatabaseStart implements AutoCloseable {
    private final FutureTask<MigrationSession> ready;

    /** The application may be stopped before it can stop what it has begun. */
    private final Thread whenStopped = new Thread(this::stop, "database-stop");

    private boolean stopped;

    private DatabaseStart(FutureTask<MigrationSession> ready) {
        this.ready = ready;
    }

    /** Begins it; what goes wrong is told to whoever waits for the database. */
    public static DatabaseStart begin(Settings settings) {
        var ready = new FutureTask<>(() -> start(settings));
        var start = new DatabaseStart(ready);
        Runtime.getRuntime().addShutdownHook(start.whenStopped);
        Thread.ofPlatform().daemon().name("database-start").start(ready);
        return start;
    }

    /** Tells that the application has started: it stops the database when nothing uses it any more. */
    public void handOver() {
        try {
            Runtime.getRuntime().removeShutdownHook(whenStopped);
        } catch (IllegalStateException stopping) {
            // The process ends already, and the database with it.
        }
    }

    private static MigrationSession start(Settings settings) {
        MigrationSession session = MigrationSession.open(settings);
        try {
            if (settings.stage() == Settings.Stage.DEVELOPMENT) {
                session.migrations().upAndWarnIfAhead();
            } else {
                session.migrations().requireCurrent();
            }
            return session;
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    /**
     * Waits until the database can be used; returns how the server connects.
     *
     * @throws MigrationException if it could not be reached, migrated, or is behind the program
     * @throws dev.apg.server.platform.postgres.EmbeddedPostgresException if the embedded one does not start
     */
    DatabaseAddress await() {
        try {
            // With an end, because Spring does not close a context whose start waits without one.
            return ready.get(1, TimeUnit.DAYS).server();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known
                    ? known
                    : new MigrationException("The database could not be started: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new MigrationException("The database did not start within a day.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException("The start was interrupted.", e);
        }
    }

    /** Stops the embedded database, after its start if that is still under way. */
    @Override
    public void close() {
        handOver();
        stop();
    }

    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            ready.get().close();
        } catch (ExecutionException e) {
            // It left nothing running, and was told to whoever waited.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
