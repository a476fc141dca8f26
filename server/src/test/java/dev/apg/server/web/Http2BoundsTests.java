package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.platform.config.EdgeSettings;
import dev.apg.server.platform.config.TlsIdentity;
import dev.apg.server.testing.TestCertificate;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What attackers do with HTTP/2: ask much for little. Frames are written by hand, because no client sends such ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Http2BoundsTests {
    private static final TestCertificate CERTIFICATE = TestCertificate.of("frames", "EC");

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int AWAY = 7;
    private static final int CONTINUATION = 9;

    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private TestServer server;

    @BeforeAll
    void start() throws IOException {
        var identity = TlsIdentity.parse(CERTIFICATE.certificate(), CERTIFICATE.privateKey());
        server = TestServer.start(
                TestDatabase.create(),
                Files.createTempDirectory("apg-test-"),
                TestServer.withEdge(new EdgeSettings(
                        Optional.of(new EdgeSettings.Tls(identity, Optional.empty())),
                        List.of(),
                        List.of(),
                        EdgeSettings.ProxyHeader.X_FORWARDED_FOR,
                        EdgeSettings.PLAIN.connectionsPerAddress())));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** A connection on which frames are written; what comes back is read beside. */
    private final class Frames implements AutoCloseable {
        private final SSLSocket socket;
        private final OutputStream out;

        /** How the server ended it: the error of its last frame, or -1 if it just closed. */
        private final CompletableFuture<Integer> ended = new CompletableFuture<>();

        private final CompletableFuture<Integer> reset = new CompletableFuture<>();
        private final CompletableFuture<Boolean> answered = new CompletableFuture<>();

        Frames() throws IOException {
            socket = (SSLSocket) TestCertificate.trusting(CERTIFICATE)
                    .getSocketFactory()
                    .createSocket("localhost", server.url().getPort());
            socket.setSoTimeout(60_000);
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
            out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            write(SETTINGS, 0, 0, new byte[0]);
            Thread.ofVirtual().start(this::read);
        }

        void write(int type, int flags, int stream, byte[] payload) throws IOException {
            out.write(ByteBuffer.allocate(9 + payload.length)
                    .putInt(payload.length << 8 | type)
                    .put((byte) flags)
                    .putInt(stream)
                    .put(payload)
                    .array());
        }

        private void read() {
            try (var in = new DataInputStream(socket.getInputStream())) {
                while (true) {
                    int head = in.readInt();
                    in.readUnsignedByte();
                    in.readInt();
                    byte[] payload = in.readNBytes(head >>> 8);
                    switch (head & 0xff) {
                        case HEADERS -> answered.complete(true);
                        case RESET -> reset.complete(ByteBuffer.wrap(payload).getInt());
                        case AWAY -> ended.complete(ByteBuffer.wrap(payload).getInt(4));
                        default -> {}
                    }
                }
            } catch (IOException closed) {
                ended.complete(-1);
                reset.complete(-1);
                answered.complete(false);
            }
        }

        /** Writes until the server has enough; fails if it never has. */
        void flood(int most, Flood flood) {
            try {
                for (int i = 0; i < most && !ended.isDone(); i++) {
                    flood.write(i);
                }
                out.flush();
            } catch (IOException refused) {
                // The server has closed the connection already.
            }
            assertThat(ended.orTimeout(60, java.util.concurrent.TimeUnit.SECONDS)
                            .join())
                    .as("how it ended")
                    .isNotNull();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** One of many. */
    @FunctionalInterface
    private interface Flood {
        void write(int number) throws IOException;
    }

    /** GET of a path, with indexed names only. */
    private static byte[] get(String path) {
        var block = new ByteArrayOutputStream();
        block.write(0x82);
        block.write(0x87);
        literal(block, 4, path);
        literal(block, 1, "localhost");
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, int name, String value) {
        block.write(name);
        block.write(value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void frames_that_are_written_like_these_are_answered() throws Exception {
        try (var frames = new Frames()) {
            frames.write(HEADERS, END_STREAM | END_HEADERS, 1, get("/livez"));
            assertThat(frames.answered.get()).isTrue();
        }
    }

    @Test
    void requests_that_are_given_up_at_once_again_and_again_end_the_connection() throws Exception {
        try (var frames = new Frames()) {
            byte[] request = get("/api/v1/me");
            frames.flood(50_000, i -> {
                frames.write(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, request);
                frames.write(RESET, 0, 2 * i + 1, new byte[] {0, 0, 0, 8});
            });
        }
    }

    @Test
    void headers_that_are_continued_for_ever_end_the_connection() throws Exception {
        try (var frames = new Frames()) {
            frames.write(HEADERS, END_STREAM, 1, get("/livez"));
            var more = new ByteArrayOutputStream();
            for (int i = 0; i < 100; i++) {
                more.write(0);
                more.write(1);
                more.write('x');
                more.write(100);
                more.writeBytes("y".repeat(100).getBytes(StandardCharsets.US_ASCII));
            }
            // A hundred megabytes, if nobody stopped it.
            frames.flood(10_000, i -> frames.write(CONTINUATION, 0, 1, more.toByteArray()));
        }
    }

    @Test
    void empty_continuations_pings_and_data_end_the_connection_too() throws Exception {
        try (var frames = new Frames()) {
            frames.write(HEADERS, END_STREAM, 1, get("/livez"));
            frames.flood(200_000, i -> frames.write(CONTINUATION, 0, 1, new byte[0]));
        }
        try (var frames = new Frames()) {
            frames.flood(200_000, i -> frames.write(PING, 0, 0, new byte[8]));
        }
        try (var frames = new Frames()) {
            frames.flood(200_000, i -> frames.write(SETTINGS, 0, 0, new byte[0]));
        }
        try (var frames = new Frames()) {
            byte[] upload = get("/api/v1/tokens");
            upload[0] = (byte) 0x83;
            frames.write(HEADERS, END_HEADERS, 1, upload);
            frames.flood(200_000, i -> frames.write(DATA, 0, 1, new byte[0]));
        }
    }

    @Test
    void headers_that_unfold_to_more_than_the_bound_are_refused() throws Exception {
        try (var frames = new Frames()) {
            var block = new ByteArrayOutputStream();
            block.writeBytes(get("/livez"));
            // One header of 4,000 bytes into the table, and then its number, over and over.
            block.write(0x40);
            block.write(1);
            block.write('x');
            block.write(0x7f);
            block.write(0x80 | (3_800 - 127) % 128);
            block.write((3_800 - 127) / 128);
            block.writeBytes("y".repeat(3_800).getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 5_000; i++) {
                block.write(0x80 | 62);
            }
            frames.write(HEADERS, END_STREAM | END_HEADERS, 1, block.toByteArray());
            // Not with 8 KiB: nothing of it came to any controller.
            assertThat(frames.reset
                            .applyToEither(frames.ended, error -> error)
                            .orTimeout(60, java.util.concurrent.TimeUnit.SECONDS)
                            .join())
                    .isNotZero();
        }
    }
}
