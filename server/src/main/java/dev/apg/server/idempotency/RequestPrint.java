package dev.apg.server.idempotency;

import java.util.Arrays;

/**
 * By what one request is told from another: a SHA-256 of who asks for what, and how long the body is.
 *
 * @param length of the body, in bytes
 */
record RequestPrint(byte[] hash, long length) {
    @Override
    public boolean equals(Object other) {
        return other instanceof RequestPrint that && length == that.length && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }
}
