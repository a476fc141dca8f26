package dev.apg.server.capability;

import java.util.HexFormat;

/** The spelling of digests: {@code sha256:} and 64 hex digits outside, 32 bytes in the database. */
final class Digests {
    private static final String PREFIX = "sha256:";

    private Digests() {}

    static String text(byte[] digest) {
        return PREFIX + HexFormat.of().formatHex(digest);
    }
}
