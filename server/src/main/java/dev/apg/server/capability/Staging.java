package dev.apg.server.capability;

import dev.apg.server.capability.Submission.Content;
import dev.apg.server.capability.Submission.Fetch;
import dev.apg.server.web.ScratchFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Keeps the documents of an import in a file between their check and their writing, so that an import of a gigabyte needs
 * no gigabyte of memory.
 */
final class Staging implements AutoCloseable {
    private static final int BUFFER = 1024 * 1024;

    private final ScratchFile file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    private Staging(ScratchFile file) {
        this.file = file;
    }

    static Staging in(Path directory) {
        return new Staging(ScratchFile.in(directory, "import"));
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
        long at = file.size() + buffer.position();
        if (bytes.length > buffer.remaining()) {
            flush();
        }
        if (bytes.length > buffer.capacity()) {
            file.append(ByteBuffer.wrap(bytes));
        } else {
            buffer.put(bytes);
        }
        return at;
    }

    private void flush() {
        file.append(buffer.flip());
        buffer.clear();
    }

    private Content read(long at, int documentLength, int structureLength) {
        if (buffer.position() > 0) {
            flush();
        }
        ByteBuffer bytes = ByteBuffer.allocate(documentLength + structureLength);
        file.read(bytes, at);
        byte[] document = new byte[documentLength];
        byte[] structure = new byte[structureLength];
        bytes.flip().get(document).get(structure);
        return new Content(document, new String(structure, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        file.close();
    }
}
