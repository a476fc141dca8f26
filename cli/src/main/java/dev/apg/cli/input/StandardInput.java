package dev.apg.cli.input;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps the standard input in a file before any of it is sent: whoever types it, or the program that computes it, may take
 * its time, but a server gives up who sends slowly.
 */
final class StandardInput {
    /** In bytes: what no server takes need not fill the disk. */
    private static final long MOST = 1L << 30;

    private static final int BUFFER = 64 * 1024;

    private StandardInput() {}

    /**
     * Reads it to its end; the file is gone when the program ends.
     *
     * @throws CommandFailure if it is too large, or cannot be read or kept
     */
    static Path keep(InputStream input) {
        try {
            Path file = Files.createTempFile("apg-input-", "");
            file.toFile().deleteOnExit();
            try (OutputStream kept = Files.newOutputStream(file)) {
                copy(input, kept);
            }
            return file;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "The standard input cannot be read and kept: %s".formatted(e.getMessage()));
        }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long read = 0;
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            read += count;
            if (read > MOST) {
                throw new CommandFailure(
                        ExitCode.INVALID, "standard input: too large (expected: at most 1 GiB, as an import may have)");
            }
            to.write(buffer, 0, count);
        }
    }
}
