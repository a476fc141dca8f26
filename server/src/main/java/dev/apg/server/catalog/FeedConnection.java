package dev.apg.server.catalog;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of its own for NOTIFY or LISTEN, outside the pool: a listener needs the same session for ever, and a
 * notification must not wait for writers that have taken every pooled one. Opened when needed, again after every failure.
 */
final class FeedConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FeedConnection.class);
    private static final String CHANNEL = "apg_feed";

    private final DataSource pool;
    private @Nullable Connection connection;
    private volatile boolean closed;
    private boolean failing;

    FeedConnection(DataSource pool) {
        this.pool = pool;
    }

    /** Tells every node that some log has grown; which ones they read themselves. */
    void send() throws SQLException {
        try (var statement = open().createStatement()) {
            statement.execute("NOTIFY " + CHANNEL);
        }
    }

    /**
     * Waits for a notification; several that wait already count as one.
     *
     * @return whether one came; false after the longest wait
     */
    boolean receive(Duration longest) throws SQLException {
        PGConnection driver = listening().unwrap(PGConnection.class);
        var notifications = driver.getNotifications(Math.toIntExact(longest.toMillis()));
        return notifications != null && notifications.length > 0;
    }

    private Connection listening() throws SQLException {
        boolean fresh = connection == null || connection.isClosed();
        Connection open = open();
        if (fresh) {
            try (var statement = open.createStatement()) {
                statement.execute("LISTEN " + CHANNEL);
            }
        }
        return open;
    }

    private Connection open() throws SQLException {
        Connection open = connection;
        if (open == null || open.isClosed()) {
            if (closed) {
                throw new SQLException("the feed's connection was closed");
            }
            var settings = pool.unwrap(HikariDataSource.class);
            Credentials credentials = settings.getCredentialsProvider() == null
                    ? settings.getCredentials()
                    : settings.getCredentialsProvider().getCredentials();
            // The pool's bounds hold here, too; waiting for a notification has its own.
            var properties = new Properties(settings.getDataSourceProperties());
            properties.setProperty("user", credentials.getUsername());
            properties.setProperty("password", credentials.getPassword());
            open = DriverManager.getConnection(settings.getJdbcUrl(), properties);
            connection = open;
        }
        if (failing) {
            log.info("The feed's connection to the database is back.");
            failing = false;
        }
        return open;
    }

    /** Gives the connection up after a failure; the next use opens another. */
    void reset(Exception failure) {
        if (!failing && !closed) {
            log.warn(
                    "The feed lost its connection to the database; nodes poll until it is back. cause={}",
                    failure.getMessage());
            log.debug("How it was lost.", failure);
            failing = true;
        }
        disconnect();
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                log.debug("The feed's connection was closed already.", e);
            }
        }
    }

    /** Ends a wait that is under way, too. */
    @Override
    public void close() {
        closed = true;
        disconnect();
    }
}
