package dev.apg.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server at an https address may have a certificate that nobody trusts, or none at all. */
class TlsTests {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    @Test
    void a_certificate_that_is_not_trusted_is_named() throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
        server.start();
        try {
            String url = "https://localhost:" + server.getAddress().getPort();

            Cli.Outcome outcome = change(url);

            assertThat(outcome.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(outcome.err())
                    .isEqualTo(
                            "apg: %s cannot be reached safely (unable to find valid certification path to requested target): is its certificate valid, for this name, and from an authority that this Java trusts? Your own authority's certificate can be given with --ca or APG_CA_FILE.\n"
                                    .formatted(url));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void an_authority_of_ones_own_is_trusted_if_it_is_named() throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
        server.createContext("/", exchange -> {
            byte[] answer = "{\"code\": \"seen\", \"detail\": \"It came to the server\"}".getBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(409, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            Files.writeString(directory.resolve("ca.pem"), certificate());
            Files.writeString(directory.resolve("empty.pem"), "");
            Cli cli = Cli.alone(directory)
                    .with("APG_URL", "https://localhost:" + server.getAddress().getPort());

            for (Cli.Outcome trusting : List.of(
                    cli.run("compose", "create", "shop", "--ca", "ca.pem"),
                    cli.with("APG_CA_FILE", "ca.pem").run("compose", "create", "shop"),
                    cli.with("SSL_CERT_FILE", "ca.pem").run("compose", "create", "shop"))) {
                assertThat(trusting.err()).contains("It came to the server");
            }
            for (String file : List.of("empty.pem", "nowhere.pem")) {
                Cli.Outcome refused = cli.with("APG_CA_FILE", file).run("compose", "create", "shop");
                assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
                assertThat(refused.err())
                        .startsWith("apg: APG_CA_FILE: ")
                        .contains(file, "(expected: a PEM file with certificates of authorities)");
            }
        } finally {
            server.stop(0);
        }
    }

    private String certificate() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("store"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] encoded = keys.getCertificate(keys.aliases().nextElement()).getEncoded();
        return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                .formatted(Base64.getMimeEncoder().encodeToString(encoded));
    }

    @Test
    void a_server_without_tls_is_named() throws IOException {
        // It does not hang up: the client may see that before the answer, and cannot tell then what it was.
        try (var server = RawServer.silentAfter("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) {
            String url = server.url().replace("http:", "https:");

            Cli.Outcome outcome = change(url);

            assertThat(outcome.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(outcome.err())
                    .isEqualTo("apg: %s does not speak TLS: does its address begin with http://?\n".formatted(url));
        }
    }

    /** What would be said to be perhaps done, had it come to the server. */
    private Cli.Outcome change(String url) {
        return Cli.alone(directory).with("APG_URL", url).run("compose", "create", "shop");
    }

    private SSLContext selfSigned() throws GeneralSecurityException, IOException, InterruptedException {
        Path store = directory.resolve("store");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
