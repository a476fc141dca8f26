package dev.apg.server.capability;

import dev.apg.server.web.JsonDocuments;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.SourceDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/** Reads JSON Lines one by one; blank lines are passed over. */
final class JsonLines {
    /** Of one line, in bytes. */
    static final int MAX_LINE = 4 * 1024 * 1024;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;
    private int line;

    JsonLines(InputStream in) {
        this.in = in;
    }

    /** Of the line that was read last, from 1. */
    int line() {
        return line;
    }

    /**
     * The next document; empty at the end.
     *
     * @throws Rejection if the line is not one; the one after it can still be read
     */
    Optional<SourceDocument> next() {
        try {
            while (true) {
                line++;
                int end = endOfLine();
                if (end < 0) {
                    return Optional.empty();
                }
                byte[] text = Arrays.copyOfRange(buffer, from, end);
                from = Math.min(end + 1, to);
                if (!isBlank(text)) {
                    return Optional.of(JsonDocuments.read(text, line));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A file with nothing but a byte order mark is empty. */
    private static boolean isBlank(byte[] text) {
        for (int i = beginsWithMark(text) ? BYTE_ORDER_MARK.length : 0; i < text.length; i++) {
            if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private static boolean beginsWithMark(byte[] text) {
        return text.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(text, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /** Where the line that begins at {@code from} ends; -1 if there is none. */
    private int endOfLine() throws IOException {
        int at = from;
        while (true) {
            for (; at < to; at++) {
                if (buffer[at] == '\n') {
                    return at;
                }
            }
            int looked = at - from;
            if (!fill()) {
                return from == to ? -1 : to;
            }
            at = from + looked;
        }
    }

    /** Reads more behind what is there, and moves that to the front; false at the end. */
    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        } else if (to == buffer.length) {
            if (buffer.length > MAX_LINE) {
                throw Rejection.tooLarge("document.too_large", "Line %d is longer than 4 MiB.".formatted(line));
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, to, buffer.length - to);
        to += Math.max(read, 0);
        return read > 0;
    }
}
