package dev.apg.server.platform.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
}
