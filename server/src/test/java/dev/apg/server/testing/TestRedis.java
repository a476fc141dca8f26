package dev.apg.server.testing;

import java.io.IOException;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** A real Redis on a free port. */
public final class TestRedis implements AutoCloseable {
    private final int port;
    private RedisServer server;

    private TestRedis(int port) throws IOException {
        this.port = port;
        this.server = begin(port);
    }

    public static TestRedis start() throws IOException {
        try (var free = new ServerSocket(0)) {
            int port = free.getLocalPort();
            free.close();
            return new TestRedis(port);
        }
    }

    private static RedisServer begin(int port) throws IOException {
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        return server;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public void stop() throws IOException {
        server.stop();
    }

    /** On the same port, and empty. */
    public void startAgain() throws IOException {
        server = begin(port);
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
