package dev.apg.contract.canonical;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of some bytes, written {@code sha256:} and 64 lower-case hex digits. */
public final class Digest {
    /** How the written form starts. */
    public static final String PREFIX = "sha256:";

    private static final int LENGTH = 32;

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The digest of this content. */
    public static Digest of(byte[] content) {
        return new Digest(algorithm().digest(content));
    }

    /** The digest of this text in UTF-8. */
    public static Digest of(String content) {
        return of(content.getBytes(StandardCharsets.UTF_8));
    }

    /** For content that comes in parts. */
    public static MessageDigest algorithm() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }

    /**
     * A digest that was computed earlier, as its 32 bytes.
     *
     * @throws IllegalArgumentException if there are not 32
     */
    public static Digest ofBytes(byte[] digest) {
        if (digest.length != LENGTH) {
            throw new IllegalArgumentException("digest: %d bytes (expected: %d)".formatted(digest.length, LENGTH));
        }
        return new Digest(digest.clone());
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static Digest parse(String text) {
        String hex = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "";
        if (hex.length() != 2 * LENGTH || !hex.chars().allMatch(Digest::isLowerCaseHex)) {
            String shown = text.length() <= 100 ? text : text.substring(0, 100) + "…";
            throw new IllegalArgumentException(
                    "digest: %s (expected: sha256: and 64 lower-case hex digits)".formatted(shown));
        }
        return new Digest(HexFormat.of().parseHex(hex));
    }

    private static boolean isLowerCaseHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The 64 digits without the prefix. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Digest other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return PREFIX + hex();
    }
}
