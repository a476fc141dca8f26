package dev.apg.server.catalog;

import dev.apg.server.platform.OwnerFile;
import dev.apg.server.platform.config.Settings;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that snapshots are kept in, one per tenant, so that a start does not read the whole catalogue from the
 * database. Only ever a copy: whatever is wrong with a file, it is left aside.
 *
 * <p>Reading them keeps a processor busy for seconds and needs nothing else, so that begins with the start of the node and
 * goes on beside it; when the database is there, what was read is held against the log.
 */
public final class Checkpoints {
    private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);
    private static final int BUFFER = 1 << 16;
    private static final String ENDING = ".checkpoint";

    private final Path directory;

    /** What a start reads before anybody asks. */
    private final Map<UUID, FutureTask<Optional<Checkpoint>>> early = new ConcurrentHashMap<>();

    private Checkpoints(Path directory) {
        this.directory = directory;
    }

    /** Begins to read, on a thread of its own, what an earlier run of the node has kept. */
    public static Checkpoints begin(Settings settings) {
        var checkpoints = new Checkpoints(settings.dataDirectory().resolve("snapshot"));
        checkpoints.find();
        if (!checkpoints.early.isEmpty()) {
            Thread.ofPlatform().daemon().name("checkpoints-start").start(checkpoints::readEarly);
        }
        return checkpoints;
    }

    /** Holds on to no result, and skips what was taken meanwhile or is of no tenant that the started node has. */
    private void readEarly() {
        for (UUID tenantId : List.copyOf(early.keySet())) {
            FutureTask<?> reading = early.get(tenantId);
            if (reading != null) {
                reading.run();
            }
        }
    }

    private void find() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
            for (Path file : files) {
                tenantOf(file).ifPresent(tenantId -> early.put(tenantId, new FutureTask<>(() -> readFile(file))));
            }
        } catch (NoSuchFileException nothing) {
            log.debug("No snapshot was kept. directory={}", directory);
        } catch (IOException | RuntimeException e) {
            log.warn("The kept snapshots cannot be listed. directory={}", directory, e);
        }
    }

    /** Empty if the file is not of this node's making. */
    private static Optional<UUID> tenantOf(Path file) {
        String name = file.getFileName().toString();
        try {
            return Optional.of(UUID.fromString(name.substring(0, name.length() - ENDING.length())));
        } catch (IllegalArgumentException foreign) {
            log.warn("A file that is not a kept snapshot lies among them and is not read. file={}", file);
            return Optional.empty();
        }
    }

    /** Lets go of what was read, or was still to be read, for tenants that are not there any more, and of their files. */
    void endOfStart() {
        early.keySet().forEach(this::delete);
    }

    Path file(UUID tenantId) {
        return directory.resolve(tenantId + ENDING);
    }

    /** Replaces the tenant's file at once, so that a killed process leaves the old or the new one. */
    void write(UUID tenantId, Checkpoint checkpoint) {
        Path file = file(tenantId);
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            OwnerFile.directory(directory);
            // Never readable by others, not even for a moment: what a killed process left may be.
            Files.deleteIfExists(unfinished);
            try (FileChannel channel = FileChannel.open(
                    unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerFile.ALONE)) {
                OutputStream plain = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
                var checked = new CheckedOutputStream(plain, new CRC32C());
                var data = new DataOutputStream(checked);
                new CheckpointWriter(data).write(checkpoint);
                data.writeLong(checked.getChecksum().getValue());
                data.flush();
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.warn("The snapshot was not kept; the next start reads the database. file={}", file, e);
        }
    }

    /** Of a tenant that is gone. */
    void delete(UUID tenantId) {
        early.remove(tenantId);
        try {
            Files.deleteIfExists(file(tenantId));
        } catch (IOException e) {
            log.warn("The snapshot of a tenant that is gone cannot be deleted. file={}", file(tenantId), e);
        }
    }

    /** What was kept; empty if nothing was, or it is of another format or damaged. */
    Optional<Checkpoint> read(UUID tenantId) {
        FutureTask<Optional<Checkpoint>> begun = early.remove(tenantId);
        if (begun == null) {
            return readFile(file(tenantId));
        }
        // Does nothing if it was begun already.
        begun.run();
        try {
            return begun.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            log.warn("The kept snapshot cannot be read and is not used. file={}", file(tenantId), e.getCause());
            return Optional.empty();
        }
    }

    private static Optional<Checkpoint> readFile(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file)) {
            if (!isWhole(channel)) {
                log.warn("The kept snapshot is damaged and not used. file={}", file);
                return Optional.empty();
            }
            return new CheckpointReader(new CheckpointInput(Channels.newInputStream(channel.position(0)))).read();
        } catch (IOException | RuntimeException e) {
            log.warn("The kept snapshot cannot be read and is not used. file={}", file, e);
            return Optional.empty();
        }
    }

    /** Looks at the checksum first, so that nothing is ever made of damaged counts and lengths. */
    private static boolean isWhole(FileChannel channel) throws IOException {
        long left = channel.size() - Long.BYTES;
        if (left < 0) {
            return false;
        }
        var checksum = new CRC32C();
        ByteBuffer some = ByteBuffer.allocateDirect(BUFFER);
        while (left > 0) {
            some.clear().limit((int) Math.min(BUFFER, left));
            if (channel.read(some) < 0) {
                return false;
            }
            left -= some.flip().remaining();
            checksum.update(some);
        }
        ByteBuffer expected = ByteBuffer.allocate(Long.BYTES);
        return channel.read(expected) == Long.BYTES && checksum.getValue() == expected.getLong(0);
    }
}
