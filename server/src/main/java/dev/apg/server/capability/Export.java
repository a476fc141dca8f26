package dev.apg.server.capability;

import dev.apg.server.web.ReservedFile;
import java.io.IOException;
import java.io.OutputStream;

/** A complete export in a file; counts as one that is under way until it is closed. */
record Export(ReservedFile reserved) implements AutoCloseable {
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
        reserved.sendTo(out);
    }

    @Override
    public void close() {
        reserved.close();
    }
}
