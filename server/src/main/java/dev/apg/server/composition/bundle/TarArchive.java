package dev.apg.server.composition.bundle;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.SortedMap;

/**
 * An uncompressed USTAR archive whose bytes depend on nothing but its files and one time: owner 0, mode 0644, the order of
 * the map, no directories. Written here because libraries fill in what they find on the machine.
 */
final class TarArchive {
    private static final int BLOCK = 512;
    private static final int MAX_NAME = 100;
    private static final long MAX_SECONDS = 077777777777L;

    private TarArchive() {}

    static byte[] of(SortedMap<String, byte[]> files, Instant time) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        long seconds = Math.clamp(time.getEpochSecond(), 0, MAX_SECONDS);
        files.forEach((path, content) -> {
            archive.writeBytes(header(path, content.length, seconds));
            archive.writeBytes(content);
            archive.writeBytes(new byte[padding(content.length)]);
        });
        archive.writeBytes(new byte[2 * BLOCK]);
        return archive.toByteArray();
    }

    private static byte[] header(String path, int size, long seconds) {
        byte[] header = new byte[BLOCK];
        if (path.length() > MAX_NAME) {
            throw new IllegalArgumentException("path: %s (expected: at most %s characters)".formatted(path, MAX_NAME));
        }
        put(header, 0, path);
        put(header, 100, octal(0644, 7));
        put(header, 108, octal(0, 7));
        put(header, 116, octal(0, 7));
        put(header, 124, octal(size, 11));
        put(header, 136, octal(seconds, 11));
        put(header, 148, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar\0" + "00");
        put(header, 265, "root");
        put(header, 297, "root");
        put(header, 329, octal(0, 7));
        put(header, 337, octal(0, 7));
        int sum = 0;
        for (byte value : header) {
            sum += value & 0xff;
        }
        put(header, 148, octal(sum, 6) + "\0 ");
        return header;
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    private static String octal(long value, int digits) {
        String octal = Long.toOctalString(value);
        return "0".repeat(digits - octal.length()) + octal;
    }

    private static int padding(int size) {
        return (BLOCK - size % BLOCK) % BLOCK;
    }
}
