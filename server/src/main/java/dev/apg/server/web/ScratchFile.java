package dev.apg.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file for what one request needs and memory should not hold. It has no name for anybody else and is gone when it is
 * closed, however the process ends. For one thread at a time.
 *
 * <p>Every method answers a disk that is full, or that fails, with 503: {@code server.disk_full}, {@code
 * server.disk_failed}.
 */
public final class ScratchFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScratchFile.class);

    /** With less than this left, whatever went wrong went wrong for lack of room. */
    private static final long NO_ROOM = 1024 * 1024;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final Path directory;
    private final FileChannel file;
    private long size;

    private ScratchFile(Path directory, FileChannel file) {
        this.directory = directory;
        this.file = file;
    }

    /**
     * An empty one.
     *
     * @param purpose the beginning of the name that it has for a moment
     */
    public static ScratchFile in(Path directory, String purpose) {
        try {
            Files.createDirectories(directory);
            Path path = Files.createTempFile(directory, purpose + "-", ".scratch");
            return new ScratchFile(
                    directory,
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException failed) {
            throw unavailable(directory, failed);
        }
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    /** Writes all of it behind what is there. */
    public void append(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                size += file.write(bytes, size);
            }
        } catch (IOException failed) {
            throw unavailable(directory, failed);
        }
    }

    /** Fills the buffer from a place in the file, which must hold as much. */
    public void read(ByteBuffer bytes, long from) {
        try {
            for (long at = from; bytes.hasRemaining(); ) {
                int read = file.read(bytes, at);
                if (read < 0) {
                    throw new IOException("the file is shorter than it was");
                }
                at += read;
            }
        } catch (IOException failed) {
            throw unavailable(directory, failed);
        }
    }

    /** Appends without a buffer of its own; closing it does nothing. */
    public OutputStream appending() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                append(ByteBuffer.wrap(bytes, offset, length));
            }
        };
    }

    /** Everything from the beginning; to be read once, before anything else is appended. */
    public InputStream content() {
        return Channels.newInputStream(file);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failed) {
            throw unavailable(directory, failed);
        }
    }

    private static Rejection unavailable(Path directory, IOException failed) {
        if (isFull(directory, failed)) {
            return Rejection.unavailable(
                    "server.disk_full",
                    "The disk on which the server keeps what a request needs for a while is full.",
                    RETRY_AFTER);
        }
        // The answer does not say where and why; whoever runs the server has to know.
        LOG.error("{} cannot be used for temporary files: {}", directory, failed.toString());
        return Rejection.unavailable(
                "server.disk_failed",
                "The server cannot use the disk on which it keeps what a request needs for a while.",
                RETRY_AFTER);
    }

    private static boolean isFull(Path directory, IOException failed) {
        String reason = failed instanceof FileSystemException named ? named.getReason() : failed.getMessage();
        if (reason != null && (reason.contains("No space left") || reason.contains("quota exceeded"))) {
            return true;
        }
        try {
            return Files.getFileStore(directory).getUsableSpace() < NO_ROOM;
        } catch (IOException unknown) {
            return false;
        }
    }
}
