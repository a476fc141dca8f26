package dev.apg.server.composition;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as it is spelled outside: {@code sha256:} and 64 hex digits. */
final class Digest {
    private static final String PREFIX = "sha256:";

    private Digest() {}

    static String of(byte[] content) {
        try {
            return text(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    static String text(byte[] digest) {
        return PREFIX + HexFormat.of().formatHex(digest);
    }

    static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text.substring(PREFIX.length()));
    }
}
