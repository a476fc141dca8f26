package dev.apg.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL that runs already when a server starts, as beside a container's image: with the binaries that the embedded
 * one has unpacked, on a free port, durable, with passwords.
 */
final class ExternalDatabase implements AutoCloseable {
    private static final String PASSWORD = "0123456789abcdef0123456789abcdef";

    private final Path programs;
    private final Path data;
    private final int port;
    private final Thread whenInterrupted = new Thread(this::stopQuietly);

    private ExternalDatabase(Path programs, Path data, int port) {
        this.programs = programs;
        this.data = data;
        this.port = port;
    }

    /** Those that were unpacked last, which is when a server of this program first started. */
    private static Path programs() throws IOException {
        String home = System.getenv("XDG_CACHE_HOME");
        Path cache = (home == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(home)).resolve("apg");
        try (Stream<Path> unpacked = Files.list(cache)) {
            return unpacked.filter(each -> each.getFileName().toString().startsWith("postgresql-"))
                    .max(Comparator.comparingLong(each -> each.toFile().lastModified()))
                    .orElseThrow(() -> new IOException("no PostgreSQL is unpacked in " + cache))
                    .resolve("bin");
        }
    }

    /** @param directory a new one, which holds its data */
    static ExternalDatabase start(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path password = Files.writeString(directory.resolve("password"), PASSWORD);
        Path data = directory.resolve("data");
        Path programs = programs();
        run(
                programs,
                "initdb",
                "-D",
                data,
                "-U",
                "postgres",
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8");
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String options = "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=".formatted(port);
        var database = new ExternalDatabase(programs, data, port);
        Runtime.getRuntime().addShutdownHook(database.whenInterrupted);
        run(programs, "pg_ctl", "start", "-w", "-D", data, "-l", directory.resolve("log"), "-o", options);
        return database;
    }

    /** Makes a database with nothing in it; returns its DATABASE_URL. */
    String create(String name) throws IOException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException failed) {
            throw new IOException("the database could not be made: " + failed.getMessage(), failed);
        }
        return "postgresql://postgres:%s@127.0.0.1:%d/%s".formatted(PASSWORD, port, name);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stop();
        Runtime.getRuntime().removeShutdownHook(whenInterrupted);
    }

    private void stop() throws IOException, InterruptedException {
        run(programs, "pg_ctl", "stop", "-w", "-m", "fast", "-D", data);
    }

    private void stopQuietly() {
        try {
            stop();
        } catch (IOException | InterruptedException e) {
            System.err.println("The database in %s was not stopped: %s".formatted(data, e.getMessage()));
        }
    }

    private static void run(Path programs, String program, Object... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to run as root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve(program).toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        int code = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("%s ended with %d".formatted(program, code));
        }
    }
}
