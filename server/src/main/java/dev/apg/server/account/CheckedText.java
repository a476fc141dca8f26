package dev.apg.server.account;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * How a machine's tokens, ids and secrets are written: a prefix, by which people and scanners of source code know them, and
 * bytes with a checksum in the URL-safe Base64 alphabet, so that a mistyped one is refused without asking the database.
 */
public final class CheckedText {
    private CheckedText() {}

    public static String write(String prefix, byte[] bytes) {
        byte[] checked = ByteBuffer.allocate(bytes.length + Integer.BYTES)
                .put(bytes)
                .putInt(checksum(bytes))
                .array();
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(checked);
    }

    /** The bytes; empty if the text was never written by {@link #write} with this prefix and as many bytes. */
    public static Optional<byte[]> read(String prefix, int length, String text) {
        if (text.length() != prefix.length() + ((length + Integer.BYTES) * 8 + 5) / 6 || !text.startsWith(prefix)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Arrays.copyOf(Base64.getUrlDecoder().decode(text.substring(prefix.length())), length);
            // Base64 lets the last letter vary without changing the bytes; only the spelling that was handed out
            // counts.
            return write(prefix, bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
