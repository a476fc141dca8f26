package dev.apg.server.platform.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The process that runs PostgreSQL on a data directory. It is nobody's child, so that it outlives a server that is killed,
 * and is found by the file that it writes.
 */
final class Postmaster {
    private static final int START_ATTEMPTS = 5;
    private static final String OPTIONS =
            "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=on -c synchronous_commit=on"
                    + " -c full_page_writes=on -c max_connections=200 -c shared_buffers=128MB -c max_wal_size=2GB"
                    + " -c timezone=UTC -c log_timezone=UTC";

    private final PostgresPrograms programs;
    private final Path data;
    private final Path logFile;

    Postmaster(PostgresPrograms programs, Path data) {
        this.programs = programs;
        this.data = data;
        this.logFile = data.resolveSibling("postgresql.log");
    }

    /** Its port, if it runs. */
    Optional<Integer> runningPort() {
        return alive().map(lines -> Integer.parseInt(lines.get(3).strip()));
    }

    boolean isRunning() {
        return alive().isPresent();
    }

    /** The lines of its file; empty if there is none, or its process is gone or somebody else's. */
    private Optional<List<String>> alive() {
        List<String> lines;
        try {
            lines = Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean alive = lines.size() >= 4
                && ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                        .filter(ProcessHandle::isAlive)
                        .flatMap(process -> process.info().command())
                        .filter(command -> command.endsWith("/postgres"))
                        .isPresent();
        return alive ? Optional.of(lines) : Optional.empty();
    }

    /** Starts it on a free port and waits until it takes connections; a crashed one's data recovers by its log. */
    int start() {
        EmbeddedPostgresException last = null;
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            int port = freePort();
            try {
                start(port);
                return port;
            } catch (EmbeddedPostgresException e) {
                // Somebody else may have taken the port between our look and PostgreSQL's.
                last = e;
            }
        }
        throw new EmbeddedPostgresException(
                "The embedded PostgreSQL does not start: %s".formatted(lastWords()), Objects.requireNonNull(last));
    }

    /** The same on a port that is known to its clients already. */
    void start(int port) {
        programs.run(
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
                OPTIONS.formatted(port));
    }

    /** Ends it after a checkpoint, breaking off what still runs on it; does nothing if it does not run. */
    void stop() {
        if (isRunning()) {
            programs.run(60, "pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w");
        }
    }

    /** What it said last, and where there is more. */
    String lastWords() {
        try (var lines = Files.lines(logFile, StandardCharsets.ISO_8859_1)) {
            return "%s (%s)".formatted(lines.reduce((first, second) -> second).orElse("it said nothing"), logFile);
        } catch (IOException | UncheckedIOException e) {
            return "its log %s cannot be read".formatted(logFile);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedPostgresException("No free port on the loopback address.", e);
        }
    }
}
