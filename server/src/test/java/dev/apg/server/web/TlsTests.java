package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.apg.server.platform.config.EdgeSettings;
import dev.apg.server.platform.config.TlsIdentity;
import dev.apg.server.testing.TestCertificate;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The server speaks TLS itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTests {
    private static final TestCertificate FIRST = TestCertificate.of("first", "EC");
    private static final TestCertificate SECOND = TestCertificate.of("second", "RSA");
    private static final SSLContext TRUST = TestCertificate.trusting(FIRST, SECOND);

    private final TestDatabase database = TestDatabase.create();
    private TestServer server;
    private EdgeSettings.Files files;

    @BeforeAll
    void start() throws IOException {
        Path directory = Files.createTempDirectory("apg-test-");
        files = new EdgeSettings.Files(directory.resolve("tls.crt"), directory.resolve("tls.key"));
        write(FIRST);
        var tls = new EdgeSettings.Tls(TlsIdentity.parse(FIRST.certificate(), FIRST.privateKey()), Optional.of(files));
        server = TestServer.start(
                database,
                directory,
                TestServer.withEdge(new EdgeSettings(
                        Optional.of(tls),
                        List.of(),
                        List.of(),
                        EdgeSettings.ProxyHeader.X_FORWARDED_FOR,
                        EdgeSettings.PLAIN.connectionsPerAddress())));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void write(TestCertificate pair) throws IOException {
        Files.writeString(files.certificate(), pair.certificate());
        Files.writeString(files.privateKey(), pair.privateKey());
    }

    private int port() {
        return server.url().getPort();
    }

    private HttpResponse<String> get(HttpClient.Version version, String path) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(TRUST).version(version).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + port() + path))
                            .header("Authorization", "Bearer " + server.token())
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void http_2_is_agreed_on_with_those_who_can_and_http_1_with_the_others() throws Exception {
        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpResponse<String> answer = get(version, "/api/v1/me");
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                    .hasValue("max-age=31536000; includeSubDomains");
            HttpResponse<String> nothing = get(version, "/api/v1/capabilities/nothing");
            assertThat(nothing.statusCode()).isEqualTo(404);
            assertThat(nothing.body()).contains("\"code\":\"capability.not_found\"");
        }
    }

    private SSLSocket handshake(String version, String... suites) throws IOException {
        var socket = (SSLSocket) TRUST.getSocketFactory().createSocket("localhost", port());
        socket.setSoTimeout(10_000);
        socket.setEnabledProtocols(new String[] {version});
        if (suites.length > 0) {
            socket.setEnabledCipherSuites(suites);
        }
        try {
            socket.startHandshake();
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void these_versions_are_spoken(String version) throws Exception {
        try (SSLSocket socket = handshake(version)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    /** By hand, because no client that is there today says these. */
    @ParameterizedTest
    @ValueSource(strings = {"0300", "0301", "0302"})
    void older_versions_are_refused_by_the_server(String version) throws Exception {
        String hello = version + "00".repeat(32) + "00" + "0004c013002f" + "0100";
        String length = "%06x".formatted(hello.length() / 2);
        String handshake = "01" + length + hello;
        byte[] hand = HexFormat.of().parseHex("160301" + "%04x".formatted(handshake.length() / 2) + handshake);
        try (var socket = new Socket("localhost", port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(hand);
            byte[] alert = socket.getInputStream().readNBytes(7);
            // An alert, fatal: protocol_version.
            assertThat(alert).hasSize(7);
            assertThat(alert[0]).isEqualTo((byte) 21);
            assertThat(alert[5]).isEqualTo((byte) 2);
            assertThat(alert[6]).isEqualTo((byte) 70);
        }
    }

    @Test
    void of_the_suites_of_tls_1_2_only_modern_ones_are_taken() throws Exception {
        var taken = new TreeSet<String>();
        for (String suite : TRUST.getSupportedSSLParameters().getCipherSuites()) {
            try (SSLSocket socket = handshake("TLSv1.2", suite)) {
                taken.add(socket.getSession().getCipherSuite());
            } catch (IOException | IllegalArgumentException refused) {
                assertThat(refused).isNotNull();
            }
        }
        String kind = ((X509Certificate) shown()).getPublicKey().getAlgorithm().replace("EC", "ECDSA");
        assertThat(taken)
                .isNotEmpty()
                .allSatisfy(suite -> assertThat(suite)
                        .startsWith("TLS_ECDHE_" + kind + "_WITH_")
                        .matches(".*(_GCM_SHA|CHACHA20_POLY1305).*"));
    }

    @Test
    void whoever_does_not_trust_the_certificate_is_not_talked_into_it() throws Exception {
        SSLContext stranger = TestCertificate.trusting(TestCertificate.of("other", "EC"));
        try (var socket = (SSLSocket) stranger.getSocketFactory().createSocket("localhost", port())) {
            assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(socket::startHandshake);
        }
    }

    @Test
    void a_request_without_tls_is_not_answered_as_if_it_had_any() throws Exception {
        try (var socket = new Socket("localhost", port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("200");
        }
    }

    private java.security.cert.Certificate shown() throws IOException {
        try (SSLSocket socket = handshake("TLSv1.3")) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void a_certificate_is_taken_from_its_files_when_they_change_and_kept_when_they_are_broken() throws Exception {
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        var log = (Logger) LoggerFactory.getLogger(TlsConnector.class);
        log.addAppender(logged);
        try (SSLSocket before = handshake("TLSv1.3")) {
            assertThat(before.getSession().getPeerCertificates()[0]).isEqualTo(FIRST.x509());
            Files.writeString(files.certificate(), SECOND.certificate());
            until(() -> logged.list.stream().anyMatch(event -> event.getLevel() == Level.WARN));
            assertThat(shown()).isEqualTo(FIRST.x509());
            assertThat(logged.list.getFirst().getFormattedMessage())
                    .isEqualTo(
                            "The certificate is kept although its files have changed: TLS_PRIVATE_KEY is not the key of the first certificate in TLS_CERTIFICATE, CN=second (expected: the two that belong together).");

            Files.writeString(files.privateKey(), SECOND.privateKey());
            until(() -> shown().equals(SECOND.x509()));
            assertThat(get(HttpClient.Version.HTTP_2, "/livez").statusCode()).isEqualTo(200);
            // Whoever was connected is not cut off.
            before.getOutputStream()
                    .write("GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(before.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
            assertThat(Arrays.asList(Level.WARN, Level.INFO))
                    .isEqualTo(logged.list.stream().map(ILoggingEvent::getLevel).toList());
        } finally {
            log.detachAppender(logged);
            write(FIRST);
            until(() -> shown().equals(FIRST.x509()));
        }
    }

    /** What is asked again and again. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void until(Condition condition) throws Exception {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (!condition.holds()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(100);
        }
    }
}
