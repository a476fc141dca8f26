package dev.apg.cli.client;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.FileFailures;
import dev.apg.cli.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates of servers are believed: of the authorities that Java trusts, and of those in a PEM file.
 *
 * @param origin for people: the option or the variable that names the file
 */
public record Authorities(Optional<Path> file, String origin) {
    /** The variable of our own; {@code SSL_CERT_FILE} is what other programs take. */
    public static final String VARIABLE = "APG_CA_FILE";

    private static final String OF_OTHERS = "SSL_CERT_FILE";

    /** From the option, else the variables. */
    public static Authorities of(Optional<String> option, Shell shell) {
        return option.map(file -> new Authorities(Optional.of(shell.path(file)), "--ca"))
                .or(() -> given(VARIABLE, shell))
                .or(() -> given(OF_OTHERS, shell))
                .orElseGet(() -> new Authorities(Optional.empty(), ""));
    }

    private static Optional<Authorities> given(String variable, Shell shell) {
        return Optional.ofNullable(shell.environment().get(variable))
                .filter(file -> !file.isBlank())
                .map(file -> new Authorities(Optional.of(shell.path(file)), variable));
    }

    /** Empty: as Java has it. */
    Optional<SSLContext> context() {
        return file.map(this::context);
    }

    private SSLContext context(Path certificates) {
        try (InputStream pem = Files.newInputStream(certificates)) {
            Collection<? extends Certificate> more =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (more.isEmpty()) {
                throw unusable("it has no certificate");
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(together(more)), null);
            return context;
        } catch (IOException e) {
            throw unusable(FileFailures.words(e));
        } catch (CertificateException e) {
            throw unusable("it has what is no certificate");
        } catch (GeneralSecurityException e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
    }

    private CommandFailure unusable(String why) {
        return new CommandFailure(
                ExitCode.USAGE,
                "%s: %s cannot be used: %s (expected: a PEM file with certificates of authorities)"
                        .formatted(origin, file.orElseThrow(), why));
    }

    private static KeyStore together(Collection<? extends Certificate> more)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Certificate each : more) {
            store.setCertificateEntry("given-" + store.size(), each);
        }
        for (X509Certificate each : ofJava()) {
            store.setCertificateEntry("of-java-" + store.size(), each);
        }
        return store;
    }

    private static Iterable<X509Certificate> ofJava() throws GeneralSecurityException {
        return Stream.of(managers(null))
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
