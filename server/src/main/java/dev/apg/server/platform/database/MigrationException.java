package dev.apg.server.platform.database;

/** A migration could not run, or the schema is not what the program needs. */
public final class MigrationException extends RuntimeException {
    MigrationException(String message) {
        super(message);
    }

    MigrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
