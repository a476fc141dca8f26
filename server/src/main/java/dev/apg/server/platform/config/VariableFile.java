package dev.apg.server.platform.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The file behind {@code NAME_FILE}, which may be anything that can be read: a file, a pipe, or a device without an end. */
public final class VariableFile {
    /** In bytes; no value is as long. */
    private static final int MOST = 64 * 1024;

    private VariableFile() {}

    /**
     * What it holds, without blanks around it; empty if that is more than 64 KiB.
     *
     * @throws IOException if it cannot be read, or is not UTF-8
     */
    public static Optional<String> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST + 1);
            return bytes.length > MOST
                    ? Optional.empty()
                    : Optional.of(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString()
                            .strip());
        }
    }

    /**
     * The same, given up after a time: opening a pipe that nobody writes to takes for ever, and cannot be interrupted.
     *
     * @throws TimeoutException if it has not given all that it holds by then
     */
    static Optional<String> read(Path file, Duration patience) throws IOException, TimeoutException {
        if (Files.isRegularFile(file)) {
            return read(file);
        }
        var reading = new FutureTask<>(() -> read(file));
        Thread.ofPlatform().daemon().name("variable-file").start(reading);
        try {
            return reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Why a file could not be read, in words. */
    static String reason(Path file, IOException failure) {
        if (Files.isDirectory(file)) {
            return "it is a directory";
        }
        return switch (failure) {
            case NoSuchFileException missing -> "it does not exist";
            case AccessDeniedException denied -> "this user may not read it";
            case CharacterCodingException binary -> "it is not UTF-8";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
