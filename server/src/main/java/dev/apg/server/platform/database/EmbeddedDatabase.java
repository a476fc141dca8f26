package dev.apg.server.platform.database;

import dev.apg.server.platform.config.Settings;
import dev.apg.server.platform.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;

/** The embedded PostgreSQL with APG's database and its two login roles in it: the owner and the server. */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String OWNER = "apg_owner";
    private static final String SERVER = "apg";
    private static final String DATABASE = "apg";

    private final EmbeddedPostgres postgres;
    private final String secret;

    private EmbeddedDatabase(EmbeddedPostgres postgres, String secret) {
        this.postgres = postgres;
        this.secret = secret;
    }

    /** Starts it in the data directory, unless the settings name an external database. */
    static Optional<EmbeddedDatabase> startUnlessExternal(Settings settings) {
        return settings.database().isPresent() ? Optional.empty() : Optional.of(start(directory(settings), cache()));
    }

    /**
     * Looks whether another server uses the data that these settings name, before anything is started.
     *
     * @throws dev.apg.server.platform.postgres.EmbeddedPostgresException if one does
     */
    public static void requireUnused(Settings settings) {
        if (settings.database().isEmpty()) {
            EmbeddedPostgres.requireUnused(directory(settings));
        }
    }

    private static Path directory(Settings settings) {
        return settings.dataDirectory().resolve("postgresql");
    }

    /** The binaries are the same for every data directory, so they lie in the user's cache. */
    private static Path cache() {
        String cache = System.getenv("XDG_CACHE_HOME");
        return (cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache)).resolve("apg");
    }

    /** Starts it in {@code directory}; makes roles and database where they lack. */
    public static EmbeddedDatabase start(Path directory, Path cache) {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, cache);
        try {
            var database = new EmbeddedDatabase(postgres, secret(directory.resolve("roles")));
            database.prepare();
            return database;
        } catch (IOException | SQLException | RuntimeException e) {
            postgres.close();
            throw new MigrationException("The embedded database could not be prepared: " + e.getMessage(), e);
        }
    }

    /** How the owner of the tables connects. */
    public DatabaseAddress owner() {
        return new DatabaseAddress(url(DATABASE), OWNER, secret);
    }

    /** How the server connects. */
    public DatabaseAddress server() {
        return new DatabaseAddress(url(DATABASE), SERVER, secret);
    }

    /** The PostgreSQL underneath. */
    public EmbeddedPostgres postgres() {
        return postgres;
    }

    @Override
    public void close() {
        postgres.close();
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.port(), database);
    }

    private static String secret(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }

    private void prepare() throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            // The secret is hexadecimal, so it needs no quoting beyond this.
            statement.execute("""
                    DO $$
                    BEGIN
                      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN
                        CREATE ROLE %1$s LOGIN CREATEROLE PASSWORD '%3$s';
                      END IF;
                      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%2$s') THEN
                        CREATE ROLE %2$s LOGIN PASSWORD '%3$s';
                        GRANT %2$s TO %1$s WITH ADMIN OPTION;
                      END IF;
                    END
                    $$
                    """.formatted(OWNER, SERVER, secret));
            boolean exists;
            try (var row = statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                exists = row.next();
            }
            if (!exists) {
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
            }
        }
    }
}
