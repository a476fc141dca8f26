package dev.apg.server.platform.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own in a data directory, for development: real binaries, with durability on and passwords
 * required. A server that a killed process left behind is adopted: its data is in use and its passwords are ours. One
 * that ends by itself is started again on the same port.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String SUPERUSER = "postgres";
    /** How long one that says it is ready may refuse to be asked; it was seen to, on a busy machine. */
    private static final Duration HESITATION = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");

    private final Postmaster postmaster;
    private final FileChannel lockFile;
    private final String password;
    private final int port;
    private final PostmasterWatch watch;

    private EmbeddedPostgres(Postmaster postmaster, FileChannel lockFile, String password, int port) {
        this.postmaster = postmaster;
        this.lockFile = lockFile;
        this.password = password;
        this.port = port;
        assertDurable();
        this.watch = new PostmasterWatch(postmaster, this::startAgain);
    }

    /**
     * Starts, or adopts, the PostgreSQL whose data lies in the directory; makes the data if there is none.
     *
     * @param directory holds the data, its log and the superuser's password, readable by its owner only
     * @param cache where the binaries are unpacked, shared by all data directories of a user
     * @throws EmbeddedPostgresException if another process uses the directory, if the data is of another major version,
     *     or if PostgreSQL does not start
     */
    public static EmbeddedPostgres start(Path directory, Path cache) {
        Path home = PostgresBinaries.unpack(cache);
        try {
            Path absolute = directory.toAbsolutePath().normalize();
            Files.createDirectories(
                    absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel lockFile = lock(absolute);
            try {
                Path data = absolute.resolve("data");
                String password = password(absolute.resolve("superuser"));
                var programs = new PostgresPrograms(home);
                if (!Files.exists(data.resolve("PG_VERSION"))) {
                    initialise(programs, data, absolute.resolve("superuser"));
                }
                checkMajor(data);
                return start(new Postmaster(programs, data), lockFile, password);
            } catch (RuntimeException | IOException e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException("The embedded PostgreSQL could not use " + directory + ".", e);
        }
    }

    private static EmbeddedPostgres start(Postmaster postmaster, FileChannel lockFile, String password) {
        Optional<Integer> running = postmaster.runningPort();
        running.ifPresent(
                port -> log.info("Adopted the PostgreSQL that an earlier server left running on port {}", port));
        int port = running.orElseGet(postmaster::start);
        try {
            return new EmbeddedPostgres(postmaster, lockFile, password, port);
        } catch (RuntimeException e) {
            stopAfter(e, postmaster);
            throw e;
        }
    }

    /** Leaves nothing running that nobody will use. */
    private static void stopAfter(RuntimeException failure, Postmaster postmaster) {
        try {
            postmaster.stop();
        } catch (EmbeddedPostgresException e) {
            failure.addSuppressed(e);
        }
    }

    private void startAgain() {
        if (!postmaster.isRunning()) {
            postmaster.start(port);
        }
        assertDurable();
    }

    /**
     * Looks whether another process uses the directory, without starting anything.
     *
     * @throws EmbeddedPostgresException if one does
     */
    public static void requireUnused(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        if (!Files.exists(absolute.resolve("lock"))) {
            return;
        }
        try {
            lock(absolute).close();
        } catch (IOException e) {
            throw new EmbeddedPostgresException("The embedded PostgreSQL could not use " + directory + ".", e);
        }
    }

    public int port() {
        return port;
    }

    /** A connection of the superuser; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), properties);
    }

    /** Stops PostgreSQL after a checkpoint, breaking off what still runs on it. */
    @Override
    public void close() {
        watch.close();
        try {
            postmaster.stop();
        } finally {
            release();
        }
    }

    /** Lets go of the directory and leaves PostgreSQL running, as a killed process does. */
    void abandon() {
        watch.close();
        release();
    }

    private void release() {
        try {
            lockFile.close();
        } catch (IOException e) {
            log.warn("The lock of the data directory could not be released", e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            log.debug("The lock is held by this very process");
        }
        if (lock == null) {
            channel.close();
            throw new EmbeddedPostgresException(
                    "Another APG server uses the data in %s: stop it, or set APG_DATA_DIR to another directory."
                            .formatted(directory.getParent()));
        }
        return channel;
    }

    private static String password(Path file) throws IOException {
        // An empty one was left by a start that was killed, before there were data: nothing has that password.
        if (!Files.exists(file) || Files.size(file) == 0) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            Path whole = file.resolveSibling("superuser.new");
            Files.deleteIfExists(whole);
            Files.createFile(whole, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(whole, HexFormat.of().formatHex(random));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.readString(file).strip();
    }

    private static void initialise(PostgresPrograms programs, Path data, Path passwordFile) {
        // Made beside the data and moved there, so that a start that was killed half-way leaves nothing to trip over.
        Path fresh = data.resolveSibling("data.new");
        try {
            deleteTree(fresh);
            programs.run(
                    120,
                    "initdb",
                    "-D",
                    fresh.toString(),
                    "-U",
                    SUPERUSER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--locale=C.UTF-8");
            Files.move(fresh, data);
        } catch (IOException e) {
            throw new EmbeddedPostgresException("The data directory " + data + " could not be made.", e);
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void checkMajor(Path data) throws IOException {
        String major = Files.readString(data.resolve("PG_VERSION")).strip();
        if (!major.equals(String.valueOf(PostgresBinaries.MAJOR))) {
            throw new EmbeddedPostgresException(
                    ("The data in %s is of PostgreSQL %s, this program brings %d: dump it with that version's pg_dump, move the"
                                    + " directory away, start APG once, and restore the dump into the new database.")
                            .formatted(data, major, PostgresBinaries.MAJOR));
        }
    }

    private void assertDurable() {
        try (Connection connection = reach();
                var statement = connection.createStatement()) {
            for (String setting : DURABLE) {
                try (var row = statement.executeQuery("SHOW " + setting)) {
                    row.next();
                    if (!row.getString(1).equals("on")) {
                        throw new EmbeddedPostgresException("The embedded PostgreSQL runs with %s = %s (expected: on)."
                                .formatted(setting, row.getString(1)));
                    }
                }
            }
        } catch (SQLException e) {
            throw new EmbeddedPostgresException(
                    "The embedded PostgreSQL on port %d refuses connections: %s (SQLSTATE %s)."
                            .formatted(port, e.getMessage(), e.getSQLState()),
                    e);
        }
    }

    private Connection reach() throws SQLException {
        long end = System.nanoTime() + HESITATION.toNanos();
        while (true) {
            try {
                return connect("postgres");
            } catch (SQLException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
