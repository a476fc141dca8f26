package dev.apg.server.platform.config;

import dev.apg.server.platform.database.DatabaseAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the server was told by its environment, validated.
 *
 * @param dataDirectory where the embedded database, checkpoints and the development token lie
 * @param port of the API; 0 takes a free one
 * @param metricsPort of {@code /metrics}; 0 takes a free one
 * @param database empty: the embedded default of development
 */
public record Settings(Stage stage, Path dataDirectory, int port, int metricsPort, Optional<Database> database) {

    /** Where the server runs, from the loosest to the strictest. */
    public enum Stage {
        DEVELOPMENT,
        STAGING,
        PRODUCTION
    }

    /**
     * An external database.
     *
     * @param server how the server connects
     * @param owner how migrations connect; empty: as the server
     */
    public record Database(DatabaseAddress server, Optional<DatabaseAddress> owner, int poolSize, int maxOverflow) {}
}
