package dev.apg.cli.input;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.FileFailures;
import dev.apg.cli.Shell;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps the standard input before any of it is sent: whoever types it, or the program that computes it, may take its time,
 * but a server gives up who sends slowly. What is short stays in memory; else it goes into a file whose name is gone before
 * anything is in it, so that nothing is left however the program ends.
 *
 * @param opener reads it from its beginning, any number of times
 * @param bytes its length
 */
record StandardInput(Batch.Opener opener, long bytes) {
    /** In bytes. */
    private static final int IN_MEMORY = 4 * 1024 * 1024;

    /** In bytes: what no server takes need not fill the disk. */
    private static final long MOST = 1L << 30;

    private static final int BUFFER = 64 * 1024;

    /**
     * Reads it to its end.
     *
     * @throws CommandFailure if it is too large, or cannot be read or kept
     */
    static StandardInput keep(Shell shell) {
        byte[] beginning;
        try {
            beginning = shell.input().readNBytes(IN_MEMORY);
        } catch (IOException e) {
            throw unreadable(e);
        }
        return beginning.length < IN_MEMORY
                ? new StandardInput(() -> new ByteArrayInputStream(beginning), beginning.length)
                : inFile(beginning, shell);
    }

    private static StandardInput inFile(byte[] beginning, Shell shell) {
        Path directory = directory(shell);
        try {
            Path file = Files.createTempFile(directory, "apg-input-", "");
            FileChannel kept = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(file);
            write(ByteBuffer.wrap(beginning), kept);
            copy(shell.input(), kept);
            return new StandardInput(() -> new FromBeginning(kept), kept.size());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "The standard input cannot be kept in %s: %s (expected: a directory with room for up to 1 GiB; TMPDIR names another)"
                            .formatted(directory, FileFailures.words(e)));
        }
    }

    private static Path directory(Shell shell) {
        String named = shell.environment().getOrDefault("TMPDIR", "");
        return named.isBlank() ? Path.of(System.getProperty("java.io.tmpdir")) : shell.path(named);
    }

    private static void copy(InputStream from, FileChannel to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = read(from, buffer); count >= 0; count = read(from, buffer)) {
            if (to.size() + count > MOST) {
                throw new CommandFailure(
                        ExitCode.INVALID, "standard input: too large (expected: at most 1 GiB, as an import may have)");
            }
            write(ByteBuffer.wrap(buffer, 0, count), to);
        }
    }

    /** Fails in another way than the file, which has nothing to do with it. */
    private static int read(InputStream from, byte[] buffer) {
        try {
            return from.read(buffer);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static CommandFailure unreadable(IOException failure) {
        return new CommandFailure(
                ExitCode.FAILED, "The standard input cannot be read: %s".formatted(FileFailures.words(failure)));
    }

    private static void write(ByteBuffer part, FileChannel to) throws IOException {
        while (part.hasRemaining()) {
            to.write(part);
        }
    }

    /** Reads a file that has no name any more, and leaves it open: it is gone when it is closed. */
    private static final class FromBeginning extends InputStream {
        private final FileChannel file;
        private long position;

        FromBeginning(FileChannel file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = file.read(ByteBuffer.wrap(bytes, offset, length), position);
            position += Math.max(count, 0);
            return count;
        }
    }
}
