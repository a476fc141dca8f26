package dev.apg.server.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import redis.embedded.RedisServer;

/** A real Redis on a free port. */
public final class TestRedis implements AutoCloseable {
    private final int port;
    private Optional<TestCertificate> shown;
    private RedisServer server;

    private TestRedis(int port, Optional<TestCertificate> shown) throws IOException {
        this.port = port;
        this.shown = shown;
        this.server = begin();
    }

    public static TestRedis start() throws IOException {
        return start(Optional.empty());
    }

    /** One that speaks nothing but TLS. */
    public static TestRedis startShowing(TestCertificate certificate) throws IOException {
        return start(Optional.of(certificate));
    }

    private static TestRedis start(Optional<TestCertificate> shown) throws IOException {
        try (var free = new ServerSocket(0)) {
            int port = free.getLocalPort();
            free.close();
            return new TestRedis(port, shown);
        }
    }

    private RedisServer begin() throws IOException {
        var builder = RedisServer.newRedisServer().bind("127.0.0.1").setting("save \"\"");
        if (shown.isPresent()) {
            Path folder = Files.createTempDirectory("apg-redis-");
            builder.port(0)
                    .setting("tls-port " + port)
                    .setting("tls-cert-file "
                            + write(folder.resolve("tls.crt"), shown.get().certificate()))
                    .setting("tls-key-file "
                            + write(folder.resolve("tls.key"), shown.get().privateKey()))
                    .setting("tls-auth-clients no");
        } else {
            builder.port(port);
        }
        RedisServer begun = builder.build();
        begun.start();
        return begun;
    }

    private static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, text);
    }

    /** By number, unless it has a certificate, which is for a name. */
    public String url() {
        return shown.isPresent() ? "rediss://localhost:" + port : "redis://127.0.0.1:" + port;
    }

    public void stop() throws IOException {
        server.stop();
    }

    /** On the same port, and empty. */
    public void startAgain() throws IOException {
        server = begin();
    }

    /** The same, with another certificate, or without TLS. */
    public void startAgain(Optional<TestCertificate> other) throws IOException {
        shown = other;
        server = begin();
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
