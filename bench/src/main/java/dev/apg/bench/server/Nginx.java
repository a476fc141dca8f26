package dev.apg.bench.server;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An nginx that answers every request with the same bytes: what one process on this machine can do at best. */
final class Nginx implements AutoCloseable {
    private static final int ATTEMPTS = 200;
    private static final int PAUSE_MILLIS = 25;

    private final Process process;
    private final Path directory;
    private final int port;

    private Nginx(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /** Starts it on a free port; empty if it is not installed. */
    static Optional<Nginx> start(byte[] body) throws IOException, InterruptedException {
        Optional<Path> program = Stream.of((System.getenv("PATH") + ":/usr/sbin").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Path directory = Files.createTempDirectory("apg-bench-nginx-");
        int port = freePort();
        Path configuration = directory.resolve("nginx.conf");
        Files.writeString(configuration, """
                daemon off;
                master_process off;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events {}
                http {
                  access_log off;
                  keepalive_requests 1000000000;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  server {
                    listen 127.0.0.1:%2$d;
                    default_type application/json;
                    return 200 '%3$s';
                  }
                }
                """.formatted(directory, port, new String(body, StandardCharsets.UTF_8)));
        Process process = new ProcessBuilder(
                        program.get().toString(),
                        "-e",
                        directory.resolve("error.log").toString(),
                        "-c",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        var nginx = new Nginx(process, directory, port);
        nginx.awaitReady();
        return Optional.of(nginx);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        for (int i = 0; i < ATTEMPTS && process.isAlive(); i++) {
            try (var connection = new Connection(port)) {
                connection.exchange(new Requests("none").get("/"));
                return;
            } catch (IOException notYet) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        String said = Files.readString(directory.resolve("output"));
        close();
        throw new IOException("nginx does not answer: " + said);
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Servers.deleteTree(directory);
    }
}
