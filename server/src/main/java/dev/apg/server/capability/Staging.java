package dev.apg.server.capability;

import dev.apg.server.capability.Submission.Content;
import dev.apg.server.capability.Submission.Fetch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps the documents of an import in a file between their check and their writing, so that an import of a gigabyte needs
 * no gigabyte of memory. The file has no name for anybody else and is gone when it is closed, however the process ends.
 */
final class Staging implements AutoCloseable {
    private static final int BUFFER = 1024 * 1024;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long flushed;

    private Staging(FileChannel file) {
        this.file = file;
    }

    static Staging in(Path directory) {
        try {
            Files.createDirectories(directory);
            Path path = Files.createTempFile(directory, "import-", ".staged");
            return new Staging(FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException failed) {
            throw new UncheckedIOException("an import cannot be staged in " + directory, failed);
        }
    }

    /** Keeps the content; the result gives it back, as often as it is asked. */
    Fetch keep(Content content) {
        byte[] structure = content.structure().getBytes(StandardCharsets.UTF_8);
        long at = append(content.canonical());
        append(structure);
        int documentLength = content.canonical().length;
        return () -> read(at, documentLength, structure.length);
    }

    private long append(byte[] bytes) {
        long at = flushed + buffer.position();
        if (bytes.length > buffer.remaining()) {
            flush();
        }
        if (bytes.length > buffer.capacity()) {
            write(ByteBuffer.wrap(bytes));
        } else {
            buffer.put(bytes);
        }
        return at;
    }

    private void flush() {
        write(buffer.flip());
        buffer.clear();
    }

    private void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                flushed += file.write(bytes, flushed);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("an import cannot be staged", failed);
        }
    }

    private Content read(long at, int documentLength, int structureLength) {
        if (buffer.position() > 0) {
            flush();
        }
        ByteBuffer bytes = ByteBuffer.allocate(documentLength + structureLength);
        try {
            for (long from = at; bytes.hasRemaining(); ) {
                int read = file.read(bytes, from);
                if (read < 0) {
                    throw new IOException("the staged file is shorter than it was");
                }
                from += read;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("a staged import cannot be read", failed);
        }
        byte[] document = new byte[documentLength];
        byte[] structure = new byte[structureLength];
        bytes.flip().get(document).get(structure);
        return new Content(document, new String(structure, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("a staged import cannot be closed", failed);
        }
    }
}
