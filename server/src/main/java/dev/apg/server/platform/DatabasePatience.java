package dev.apg.server.platform;

import java.time.Duration;

/** How long a statement may take, by what waits for it. */
public enum DatabasePatience {
    /** A request; long enough to wait for the last statement of somebody else's import. */
    REQUEST(Duration.ofSeconds(15)),

    /** Work on a whole catalogue: imports, exports, first loads of a snapshot. */
    CATALOGUE(Duration.ofMinutes(5));

    /** What a database that hangs gets beyond the time in which it should have broken off by itself. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Duration statement;

    DatabasePatience(Duration statement) {
        this.statement = statement;
    }

    /** After this the database breaks the statement off. */
    public Duration statement() {
        return statement;
    }

    /** After this without an answer the connection is given up. */
    public Duration connection() {
        return statement.plus(GRACE);
    }
}
