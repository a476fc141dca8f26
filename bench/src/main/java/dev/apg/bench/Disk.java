package dev.apg.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What it costs to have something on this disk: no commit is faster. */
final class Disk {
    private static final int FLUSHES = 200;
    private static final int BLOCK = 8 * 1024;

    private Disk() {}

    static String describe(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = Files.createTempFile(directory, "flush-", ".probe");
        List<Double> millis = new ArrayList<>(FLUSHES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < FLUSHES; i++) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(BLOCK), (long) i * BLOCK);
                channel.force(false);
                millis.add((System.nanoTime() - start) / 1e6);
            }
        } finally {
            Files.delete(file);
        }
        millis.sort(null);
        return String.format(
                Locale.ROOT,
                "%s, %d flushes of 8 KiB: median %.2f ms, p99 %.2f ms",
                Files.getFileStore(directory).type(),
                FLUSHES,
                millis.get(FLUSHES / 2),
                millis.get(FLUSHES * 99 / 100));
    }
}
