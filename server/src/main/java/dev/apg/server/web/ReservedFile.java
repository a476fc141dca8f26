package dev.apg.server.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** A scratch file that takes one of the places which a tenant and the node have for such files, until it is closed. */
public final class ReservedFile implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final ScratchFile file;
    private final TenantSlots.Slot slot;

    private ReservedFile(ScratchFile file, TenantSlots.Slot slot) {
        this.file = file;
        this.slot = slot;
    }

    /**
     * An empty one; none if all places are taken.
     *
     * @throws Rejection 503, if the disk is full or fails; then no place is taken
     */
    public static Optional<ReservedFile> in(Path directory, String purpose, TenantSlots slots, UUID tenantId) {
        return slots.take(tenantId).map(slot -> {
            try {
                return new ReservedFile(ScratchFile.in(directory, purpose), slot);
            } catch (RuntimeException | Error failed) {
                slot.close();
                throw failed;
            }
        });
    }

    /** What is done to fill a file. */
    @FunctionalInterface
    public interface Filling {
        void fill(ScratchFile file);
    }

    /** Fills it; if that fails, file and place are given back. */
    public ReservedFile filledBy(Filling filling) {
        try {
            filling.fill(file);
            return this;
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    public ScratchFile file() {
        return file;
    }

    /**
     * Sends what is in it.
     *
     * @throws Rejection 408, if the other side reads too slowly
     */
    public void sendTo(OutputStream out) throws IOException {
        LeastRate rate = LeastRate.ofAnswer();
        byte[] buffer = new byte[BUFFER];
        for (long at = 0; at < file.size(); ) {
            int length = (int) Math.min(BUFFER, file.size() - at);
            file.read(ByteBuffer.wrap(buffer, 0, length), at);
            out.write(buffer, 0, length);
            rate.moved(length);
            at += length;
        }
    }

    @Override
    public void close() {
        try (slot) {
            file.close();
        }
    }
}
