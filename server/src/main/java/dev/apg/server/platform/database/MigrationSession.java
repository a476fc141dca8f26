package dev.apg.server.platform.database;

import dev.apg.server.platform.config.Settings;
import java.util.Optional;

/** A database that can be migrated: an external one, or the embedded one, which runs until the session is closed. */
public final class MigrationSession implements AutoCloseable {
    private final Optional<EmbeddedDatabase> embedded;
    private final Migrations migrations;
    private final DatabaseAddress server;

    private MigrationSession(Optional<EmbeddedDatabase> embedded, Migrations migrations, DatabaseAddress server) {
        this.embedded = embedded;
        this.migrations = migrations;
        this.server = server;
    }

    public static MigrationSession open(Settings settings) {
        Optional<EmbeddedDatabase> embedded = EmbeddedDatabase.startUnlessExternal(settings);
        DatabaseAddress server = embedded.map(EmbeddedDatabase::server)
                .orElseGet(() -> settings.database().orElseThrow().server());
        DatabaseAddress owner = embedded.map(EmbeddedDatabase::owner)
                .or(() -> settings.database().flatMap(Settings.Database::owner))
                .orElse(server);
        return new MigrationSession(embedded, new Migrations(owner.source(), server.user()), server);
    }

    public Migrations migrations() {
        return migrations;
    }

    /** How the server connects. */
    DatabaseAddress server() {
        return server;
    }

    @Override
    public void close() {
        embedded.ifPresent(EmbeddedDatabase::close);
    }
}
