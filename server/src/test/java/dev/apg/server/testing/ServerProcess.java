package dev.apg.server.testing;

import dev.apg.server.ApgServer;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.platform.database.DatabaseAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A server in a process of its own, for tests that kill it. */
public final class ServerProcess implements AutoCloseable {
    private static final String READY = "listens on port ";

    private final Process process;
    private final URI url;
    private final String token;

    private ServerProcess(Process process, URI url, String token) {
        this.process = process;
        this.url = url;
        this.token = token;
    }

    /** Runs in the other process. */
    public static void main(String[] arguments) {
        var address = new DatabaseAddress(arguments[1], arguments[2], arguments[3]);
        var database = new Settings.Database(address, Optional.empty(), Optional.empty(), 8, 4);
        var context = ApgServer.start(Settings.ofDevelopment(Path.of(arguments[0]), Optional.of(database)));
        System.out.println(READY + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Starts one on a database that is migrated already, and waits until it listens. */
    public static ServerProcess start(TestDatabase database) {
        try {
            Path directory = Files.createTempDirectory("apg-process-");
            DatabaseAddress address = database.owner();
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            ServerProcess.class.getName(),
                            directory.toString(),
                            address.jdbcUrl(),
                            address.user(),
                            address.password()))
                    .redirectErrorStream(true)
                    .start();
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            var said = new StringBuilder();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.append(line).append('\n');
                if (line.startsWith(READY)) {
                    Thread.ofVirtual().start(() -> out.lines().forEach(ignored -> {}));
                    URI url = URI.create("http://127.0.0.1:" + line.substring(READY.length()));
                    return new ServerProcess(
                            process,
                            url,
                            Files.readString(directory.resolve("token")).strip());
                }
            }
            throw new IllegalStateException("the server did not start:\n" + said);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public URI url() {
        return url;
    }

    /** Of the administrator of the tenant {@code default}. */
    public String token() {
        return token;
    }

    /** Ends it at once, as a power failure would, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
