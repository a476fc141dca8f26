package dev.apg.server.platform;

import java.security.SecureRandom;
import java.util.UUID;

/** Ids of rows: UUID version 7, see {@code docs/adr/0002-uuidv7-in-java.md}. */
public final class Ids {
    private static final UuidSequence SEQUENCE = new UuidSequence(System::currentTimeMillis, new SecureRandom());

    private Ids() {}

    /** A new id, greater than every other that this process has made. */
    public static UUID next() {
        return SEQUENCE.next();
    }
}
