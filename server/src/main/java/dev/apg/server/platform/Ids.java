package dev.apg.server.platform;

import java.security.SecureRandom;
import java.util.UUID;

/** Ids of rows: UUID version 7, whose first 48 bits are the time, so that new rows stand together in an index. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new id. Two of one millisecond are in no particular order. */
    public static UUID next() {
        long version = 0x7000L | (RANDOM.nextInt() & 0x0fffL);
        long variant = 0x8000_0000_0000_0000L;
        return new UUID(
                (System.currentTimeMillis() << 16) | version, variant | (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL));
    }
}
