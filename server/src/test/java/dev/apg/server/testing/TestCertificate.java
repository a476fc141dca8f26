package dev.apg.server.testing;

import dev.apg.server.platform.config.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate with its key; it vouches for itself, unless it is of a {@link TestAuthority}.
 *
 * @param certificate in PEM
 * @param privateKey in PEM
 */
public record TestCertificate(String certificate, String privateKey, Certificate x509) {
    private static final String PASSWORD = "changeit";

    /**
     * For {@code localhost}.
     *
     * @param algorithm {@code EC} or {@code RSA}
     */
    public static TestCertificate of(String name, String algorithm) {
        return of(name, algorithm, "dns:localhost,ip:127.0.0.1");
    }

    /** For another host. */
    public static TestCertificate ofHost(String host) {
        return of(host, "EC", "dns:" + host);
    }

    private static TestCertificate of(String name, String algorithm, String hosts) {
        try {
            Path store = Files.createTempDirectory("apg-certificate-").resolve("store");
            return make(store, "server", algorithm, "CN=" + name, "-ext", "SAN=" + hosts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new one in a store that may have others, with what else keytool is to be told. */
    static TestCertificate make(Path store, String alias, String algorithm, String subject, String... more) {
        try {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    alias,
                    "-keyalg",
                    algorithm,
                    "-dname",
                    subject,
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD));
            command.addAll(List.of(more));
            Commands.run(store.getParent(), command.toArray(String[]::new)).expectSuccess();
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            Certificate certificate = keys.getCertificate(alias);
            Key key = keys.getKey(alias, PASSWORD.toCharArray());
            return new TestCertificate(
                    pem("CERTIFICATE", certificate.getEncoded()), pem("PRIVATE KEY", key.getEncoded()), certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a server that proves itself with this certificate. */
    public SSLContext proving() {
        try {
            char[] password = PASSWORD.toCharArray();
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(TlsIdentity.parse(certificate, privateKey).keyStore(password), password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes), what);
    }

    /** Of a client that trusts these certificates and no others. */
    public static SSLContext trusting(TestCertificate... certificates) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (TestCertificate each : certificates) {
                trusted.setCertificateEntry(each.x509().toString(), each.x509());
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
