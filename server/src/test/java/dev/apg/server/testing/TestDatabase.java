package dev.apg.server.testing;

import dev.apg.server.platform.config.Settings;
import dev.apg.server.platform.database.DatabaseAddress;
import dev.apg.server.platform.database.EmbeddedDatabase;
import dev.apg.server.platform.database.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A migrated database of a test's own on one PostgreSQL per test run: a template is migrated once and copied for each.
 */
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    /** The PostgreSQL that all tests of this run share; stopped when the run ends. */
    private static final class Cluster {
        static final EmbeddedDatabase EMBEDDED = start();

        private static EmbeddedDatabase start() {
            try {
                Path directory = Files.createTempDirectory("apg-test-postgresql-");
                EmbeddedDatabase embedded =
                        EmbeddedDatabase.start(directory, Path.of(System.getProperty("user.home"), ".cache", "apg"));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    embedded.close();
                    delete(directory);
                }));
                new Migrations(source(embedded.owner()), embedded.server().user()).up();
                return embedded;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path directory) {
            try (var files = Files.walk(directory)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A fresh, migrated, empty database. */
    public static TestDatabase create() {
        String name = "test_" + NUMBER.incrementAndGet();
        asSuperuser("CREATE DATABASE " + name + " TEMPLATE apg OWNER apg_owner");
        return new TestDatabase(name);
    }

    public DatabaseAddress server() {
        return renamed(Cluster.EMBEDDED.server());
    }

    public DatabaseAddress owner() {
        return renamed(Cluster.EMBEDDED.owner());
    }

    /** For a server's settings. */
    public Settings.Database settings() {
        return new Settings.Database(server(), Optional.of(owner()), Optional.empty(), 4, 12);
    }

    /** A connection of the superuser, who sees every tenant's rows; for looking from outside. */
    public Connection superuser() throws SQLException {
        return Cluster.EMBEDDED.postgres().connect(name);
    }

    /** Breaks every connection and lets nobody in until {@link #comeBack()}. */
    public void goAway() {
        asSuperuser("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        asSuperuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    public void comeBack() {
        asSuperuser("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
    }

    @Override
    public void close() {
        asSuperuser("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    public static PGSimpleDataSource source(DatabaseAddress address) {
        var source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        source.setUser(address.user());
        source.setPassword(address.password());
        return source;
    }

    private DatabaseAddress renamed(DatabaseAddress address) {
        String url = address.jdbcUrl();
        return new DatabaseAddress(
                url.substring(0, url.lastIndexOf('/') + 1) + name, address.user(), address.password());
    }

    private static synchronized void asSuperuser(String sql) {
        try (Connection connection = Cluster.EMBEDDED.postgres().connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
