package dev.apg.server.capability;

import dev.apg.server.web.LeastRate;
import dev.apg.server.web.ReservedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A complete export in a file; counts as one that is under way until it is closed. */
record Export(ReservedFile reserved) implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    /** In bytes. */
    long size() {
        return reserved.file().size();
    }

    /**
     * Sends it.
     *
     * @throws dev.apg.server.web.Rejection 408, if the other side reads too slowly
     */
    void sendTo(OutputStream out) throws IOException {
        LeastRate rate = LeastRate.ofAnswer();
        byte[] buffer = new byte[BUFFER];
        for (long at = 0; at < size(); ) {
            int length = (int) Math.min(BUFFER, size() - at);
            reserved.file().read(ByteBuffer.wrap(buffer, 0, length), at);
            out.write(buffer, 0, length);
            rate.moved(length);
            at += length;
        }
    }

    @Override
    public void close() {
        reserved.close();
    }
}
