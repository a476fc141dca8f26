package dev.apg.server.platform.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own in a data directory, for development: real binaries, with durability on and passwords
 * required. A server that a killed process left behind is adopted: its data is in use and its passwords are ours.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String SUPERUSER = "postgres";
    private static final int START_ATTEMPTS = 5;
    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");

    private final Path home;
    private final Path data;
    private final FileChannel lockFile;
    private final String password;
    private final int port;

    private EmbeddedPostgres(Path home, Path data, FileChannel lockFile, String password, int port) {
        this.home = home;
        this.data = data;
        this.lockFile = lockFile;
        this.password = password;
        this.port = port;
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
                if (!Files.exists(data.resolve("PG_VERSION"))) {
                    initialise(home, data, absolute.resolve("superuser"));
                }
                checkMajor(data);
                int port = runningPort(data).orElseGet(() -> launch(home, data, absolute.resolve("postgresql.log")));
                var postgres = new EmbeddedPostgres(home, data, lockFile, password, port);
                postgres.assertDurable();
                return postgres;
            } catch (RuntimeException | IOException e) {
                lockFile.close();
                throw e;
            }
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
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), properties);
    }

    /** Stops PostgreSQL after a checkpoint, breaking off what still runs on it. */
    @Override
    public void close() {
        stop();
        abandon();
    }

    private void stop() {
        run(home, 60, "pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w");
    }

    /** Lets go of the directory and leaves PostgreSQL running, as a killed process does. */
    void abandon() {
        try {
            lockFile.close();
        } catch (IOException e) {
            log.warn("The lock of {} could not be released", data, e);
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
        if (!Files.exists(file)) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }

    private static void initialise(Path home, Path data, Path passwordFile) {
        // Made beside the data and moved there, so that a start that was killed half-way leaves nothing to trip over.
        Path fresh = data.resolveSibling("data.new");
        try {
            deleteTree(fresh);
            run(
                    home,
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
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
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

    /** The port of a postmaster that runs on this data already, left behind by a process that was killed. */
    private static Optional<Integer> runningPort(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile, StandardCharsets.UTF_8);
        boolean alive = lines.size() >= 4
                && ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                        .filter(ProcessHandle::isAlive)
                        .flatMap(process -> process.info().command())
                        .filter(command -> command.endsWith("/postgres"))
                        .isPresent();
        if (!alive) {
            return Optional.empty();
        }
        int port = Integer.parseInt(lines.get(3).strip());
        log.info("Adopted the PostgreSQL that an earlier server left running on port {}", port);
        return Optional.of(port);
    }

    private static int launch(Path home, Path data, Path logFile) {
        EmbeddedPostgresException last = null;
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            int port = freePort();
            String options =
                    "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=on -c synchronous_commit=on"
                            + " -c full_page_writes=on -c max_connections=200 -c shared_buffers=128MB -c max_wal_size=2GB"
                            + " -c timezone=UTC -c log_timezone=UTC";
            try {
                run(
                        home,
                        120,
                        "pg_ctl",
                        "start",
                        "-D",
                        data.toString(),
                        "-w",
                        "-t",
                        "90",
                        "-l",
                        logFile.toString(),
                        "-o",
                        options.formatted(port));
                return port;
            } catch (EmbeddedPostgresException e) {
                // Somebody else may have taken the port between our look and PostgreSQL's.
                last = e;
            }
        }
        throw new EmbeddedPostgresException(
                "The embedded PostgreSQL does not start; its log is " + logFile + ".",
                java.util.Objects.requireNonNull(last));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedPostgresException("No free port on the loopback address.", e);
        }
    }

    private void assertDurable() {
        try (Connection connection = connect("postgres");
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
            throw new EmbeddedPostgresException("The embedded PostgreSQL on port " + port + " refuses connections.", e);
        }
    }

    private static void run(Path home, long seconds, String program, String... arguments) {
        var command = new java.util.ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, and still owns its files.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("apg-postgres-", ".out");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .start();
                if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new EmbeddedPostgresException("%s did not finish within %d s.".formatted(program, seconds));
                }
                if (process.exitValue() != 0) {
                    throw new EmbeddedPostgresException("%s failed: %s"
                            .formatted(program, Files.readString(output).strip()));
                }
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException("%s could not be run.".formatted(program), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("%s was interrupted.".formatted(program), e);
        }
    }
}
