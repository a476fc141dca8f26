package dev.apg.server.platform.postgres;

/** The embedded PostgreSQL cannot run; the message says why and what to do. */
public final class EmbeddedPostgresException extends RuntimeException {
    EmbeddedPostgresException(String message) {
        super(message);
    }

    EmbeddedPostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
