package dev.apg.server.platform.redis;

import dev.apg.server.platform.ThisMachine;
import dev.apg.server.platform.TlsRefusal;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;

/**
 * Where Redis is, who to be there, and what vouches for it.
 *
 * @param certificates that vouch for it; none: those do that Java trusts
 */
public record RedisAddress(RedisURI uri, List<X509Certificate> certificates) {
    private static final Set<String> OPTIONS = Set.of("clientname", "database", "db");

    /**
     * Reads {@code redis://user:password@host:port/database}, or {@code rediss://…} with TLS.
     *
     * @throws IllegalArgumentException if the text is not such an address; the message never repeats the password
     */
    public static RedisAddress parse(String url, List<X509Certificate> certificates) {
        String query = URI.create(url).getQuery();
        for (String option : query == null ? new String[0] : query.split("[&;]", -1)) {
            String name = option.split("=", 2)[0];
            // Among the client's own there is one that takes any certificate.
            if (!OPTIONS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "option: %s (expected: one of clientName, database, db)".formatted(name));
            }
        }
        try {
            return new RedisAddress(RedisURI.create(url), List.copyOf(certificates));
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException(
                    "this value will not do (expected: redis://user:password@host:port/database, with a number as the database)");
        }
    }

    /** Whether its certificate, and the host's name in it, are checked, and all that passes encrypted. */
    public boolean encrypted() {
        return uri.isSsl();
    }

    /** What others on the way could do, as the end of a sentence that begins with the variable. */
    public Optional<String> doubt() {
        return encrypted() || ThisMachine.isCalled(uri.getHost())
                ? Optional.empty()
                : Optional.of(
                        "what passes between here and %s can be read and changed on the way (expected outside development: rediss://)"
                                .formatted(uri.getHost()));
    }

    SslOptions tls(Duration patience) {
        var options = SslOptions.builder().handshakeTimeout(patience);
        return (certificates.isEmpty() ? options : options.trustManager(trust())).build();
    }

    private TrustManagerFactory trust() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                trusted.setCertificateEntry(Integer.toString(i), certificates.get(i));
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            return managers;
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The words for a connection that failed. */
    String words(Throwable failure) {
        return TlsRefusal.of(failure)
                .map(refusal -> "%s %s (expected by rediss://: TLS, and a certificate for %s that %s)."
                        .formatted(
                                uri.getHost(),
                                refusal,
                                uri.getHost(),
                                certificates.isEmpty()
                                        ? "what Java trusts vouches for"
                                        : "those of APG_REDIS_CERTIFICATES vouch for"))
                .orElseGet(failure::toString);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return (encrypted() ? "rediss://" : "redis://") + uri.getHost() + ":" + uri.getPort();
    }
}
