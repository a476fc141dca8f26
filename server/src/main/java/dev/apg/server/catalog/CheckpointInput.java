package dev.apg.server.catalog;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Numbers and bytes as {@link java.io.DataOutputStream} writes them. A start reads tens of millions of them before Java has
 * compiled anything, so they are taken from an array without asking a stream for each byte.
 */
final class CheckpointInput {
    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;

    CheckpointInput(InputStream in) {
        this.in = in;
    }

    int readInt() throws IOException {
        require(Integer.BYTES);
        int value = (buffer[at] & 0xff) << 24
                | (buffer[at + 1] & 0xff) << 16
                | (buffer[at + 2] & 0xff) << 8
                | (buffer[at + 3] & 0xff);
        at += Integer.BYTES;
        return value;
    }

    long readLong() throws IOException {
        return (long) readInt() << Integer.SIZE | readInt() & 0xffff_ffffL;
    }

    boolean readBoolean() throws IOException {
        require(1);
        return buffer[at++] != 0;
    }

    void readBytes(byte[] target, int from, int length) throws IOException {
        require(length);
        System.arraycopy(buffer, at, target, from, length);
        at += length;
    }

    /** Of so many bytes in UTF-8. */
    String readText(int length) throws IOException {
        require(length);
        var text = new String(buffer, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** Has at least so many bytes lie in the buffer. */
    private void require(int length) throws IOException {
        if (end - at < length) {
            fill(length);
        }
    }

    private void fill(int length) throws IOException {
        byte[] target = length <= buffer.length ? buffer : new byte[length];
        System.arraycopy(buffer, at, target, 0, end - at);
        end -= at;
        at = 0;
        buffer = target;
        end += in.readNBytes(buffer, end, buffer.length - end);
        if (end < length) {
            throw new EOFException();
        }
    }
}
