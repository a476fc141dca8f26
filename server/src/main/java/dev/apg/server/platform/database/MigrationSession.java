package dev.apg.server.platform.database;

import dev.apg.server.platform.config.Settings;
import java.util.Optional;

/** Migrations outside a running server: with an external database, or the embedded one started for the purpose. */
public final class MigrationSession implements AutoCloseable {
    private final Optional<EmbeddedDatabase> embedded;
    private final Migrations migrations;

    private MigrationSession(Optional<EmbeddedDatabase> embedded, Migrations migrations) {
        this.embedded = embedded;
        this.migrations = migrations;
    }

    public static MigrationSession open(Settings settings) {
        Optional<EmbeddedDatabase> embedded = EmbeddedDatabase.startUnlessExternal(settings);
        DatabaseAddress server = embedded.map(EmbeddedDatabase::server)
                .orElseGet(() -> settings.database().orElseThrow().server());
        DatabaseAddress owner = embedded.map(EmbeddedDatabase::owner)
                .or(() -> settings.database().flatMap(Settings.Database::owner))
                .orElse(server);
        return new MigrationSession(embedded, new Migrations(owner.source(), server.user()));
    }

    public Migrations migrations() {
        return migrations;
    }

    @Override
    public void close() {
        embedded.ifPresent(EmbeddedDatabase::close);
    }
}
