package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.catalog.Eventually;
import dev.apg.server.platform.config.EdgeSettings;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.platform.config.TlsIdentity;
import dev.apg.server.testing.TestCertificate;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Clients that would keep others from connecting. */
class ConnectionBoundsTests {
    private static final int MOST = 20;
    private static final String OTHER = "127.0.0.2";
    private static final TestCertificate CERTIFICATE = TestCertificate.of("bounds", "EC");

    private static TestServer start(EdgeSettings edge) throws IOException {
        return TestServer.start(
                TestDatabase.create(), Files.createTempDirectory("apg-test-"), TestServer.withEdge(edge));
    }

    private static EdgeSettings bounded(String proxies) {
        return Settings.read(Map.of("APG_CONNECTIONS_PER_ADDRESS", "" + MOST, "TRUSTED_PROXIES", proxies))
                .edge();
    }

    @Test
    void heads_that_trickle_in_are_given_up() throws Exception {
        var tls = new EdgeSettings.Tls(
                TlsIdentity.parse(CERTIFICATE.certificate(), CERTIFICATE.privateKey()), Optional.empty());
        var edge = new EdgeSettings(
                Optional.of(tls), List.of(), List.of(), EdgeSettings.ProxyHeader.X_FORWARDED_FOR, MOST);
        try (TestServer plain = TestServer.start();
                TestServer secure = start(edge);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Optional<String>>> trickles = new ArrayList<>();
            for (String begun : List.of("GET /li", "GET /livez HTTP/1.1\r\nHost: localhost\r\nX: ")) {
                trickles.add(() -> trickle(open(plain, "127.0.0.1"), begun));
                trickles.add(() -> trickle(
                        TestCertificate.trusting(CERTIFICATE)
                                .getSocketFactory()
                                .createSocket(
                                        open(secure, "127.0.0.1"),
                                        "localhost",
                                        secure.url().getPort(),
                                        true),
                        begun));
            }
            for (Future<Optional<String>> trickle : threads.invokeAll(trickles)) {
                assertThat(trickle.get()).as("the answer").isEmpty();
            }
        }
    }

    /** Sends a head byte by byte for three times as long as it may take, and then its end; what was answered. */
    private static Optional<String> trickle(Socket socket, String begun) throws Exception {
        try (socket) {
            socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 120; i++) {
                socket.getOutputStream().write('v');
                Thread.sleep(WatchedProtocol.HEAD.dividedBy(40));
            }
            socket.getOutputStream().write("\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return status(socket);
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    private static Socket open(TestServer server, String from) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", server.url().getPort()));
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static Optional<String> status(Socket socket) throws IOException {
        byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
        return line.length == 0 ? Optional.empty() : Optional.of(new String(line, StandardCharsets.US_ASCII));
    }

    /** Whether a request on a connection is answered; it stays open. */
    private static boolean isServed(Socket socket) {
        try {
            socket.getOutputStream()
                    .write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return status(socket).isPresent();
        } catch (IOException closed) {
            return false;
        }
    }

    private static List<Socket> openMany(TestServer server) throws IOException {
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < 2 * MOST; i++) {
            open.add(open(server, "127.0.0.1"));
        }
        return open;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void an_address_has_only_so_many_connections_and_gets_others_when_it_closes_them() throws Exception {
        try (TestServer server = start(bounded("10.0.0.1"))) {
            List<Socket> open = openMany(server);
            assertThat(open.stream().filter(ConnectionBoundsTests::isServed).count())
                    .isBetween(1L, (long) MOST);
            try (Socket other = open(server, OTHER)) {
                assertThat(isServed(other)).isTrue();
            }
            close(open);
            Eventually.holds(() -> {
                try (Socket again = open(server, "127.0.0.1")) {
                    assertThat(isServed(again)).isTrue();
                } catch (IOException refused) {
                    throw new AssertionError(refused);
                }
            });
        }
    }

    @Test
    void a_trusted_proxy_has_as_many_as_it_makes() throws Exception {
        try (TestServer server = start(bounded("127.0.0.1"))) {
            List<Socket> open = openMany(server);
            assertThat(open.stream().filter(ConnectionBoundsTests::isServed)).hasSize(2 * MOST);
            close(open);
        }
    }
}
