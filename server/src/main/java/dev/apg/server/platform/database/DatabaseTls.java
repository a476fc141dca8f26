package dev.apg.server.platform.database;

import dev.apg.server.platform.ThisMachine;
import dev.apg.server.platform.TlsRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.util.GT;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * What the address of a database asks of TLS, in the words of libpq.
 *
 * @param host that is connected to
 * @param vouchers the file of the certificates that vouch for it, or {@link #SYSTEM}; empty: nothing needs to
 * @param client the file of the certificate that the server shows, and that of its key; empty: it shows none
 */
record DatabaseTls(String host, Mode mode, Optional<String> vouchers, Optional<Client> client) {
    /** Instead of a file: those that Java trusts. */
    private static final String SYSTEM = "system";

    private static final String VERIFIER = "PgjdbcHostnameVerifier";

    /** From the loosest to the strictest. */
    enum Mode {
        DISABLE,
        ALLOW,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL;

        String spelling() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean isLess(Mode other) {
            return compareTo(other) < 0;
        }
    }

    /**
     * What the server proves itself with.
     *
     * @param algorithm of the key; empty if it is not in PEM
     */
    record Client(String certificate, String key, Optional<String> algorithm) {}

    /** Nothing is asked: of the embedded database, which only this machine reaches. */
    static final DatabaseTls UNASKED = new DatabaseTls("localhost", Mode.PREFER, Optional.empty(), Optional.empty());

    /** @throws IllegalArgumentException if the options do not go together, or name files that will not do */
    static DatabaseTls parse(String host, Map<String, String> options) {
        Mode mode = mode(options);
        Optional<String> vouchers = Optional.ofNullable(options.get("sslrootcert"));
        if (vouchers.filter(SYSTEM::equals).isPresent()) {
            if (mode != Mode.VERIFY_FULL) {
                throw unfit(
                        "sslmode",
                        mode.spelling(),
                        "verify-full with sslrootcert=system: anybody can have a certificate for another host");
            }
        } else if (vouchers.isPresent()) {
            if (mode.isLess(Mode.REQUIRE)) {
                throw unfit(
                        "sslmode", mode.spelling(), "verify-full with sslrootcert: the others look at no certificate");
            }
            requireCertificates("sslrootcert", vouchers.get());
            // As libpq has it; the driver would look at no certificate.
            mode = mode == Mode.REQUIRE ? Mode.VERIFY_CA : mode;
        } else if (!mode.isLess(Mode.VERIFY_CA)) {
            throw new IllegalArgumentException(
                    "sslrootcert is missing (expected with sslmode=%s: a file of the certificates that vouch for the database, or system for those that Java trusts)"
                            .formatted(mode.spelling()));
        }
        return new DatabaseTls(host, mode, vouchers, client(mode, vouchers, options));
    }

    private static Mode mode(Map<String, String> options) {
        String text = options.getOrDefault("sslmode", Mode.PREFER.spelling());
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.spelling().equals(text))
                .findAny()
                .orElseThrow(() -> unfit(
                        "sslmode",
                        text,
                        "one of "
                                + Arrays.stream(Mode.values())
                                        .map(Mode::spelling)
                                        .collect(Collectors.joining(", "))));
    }

    private static Optional<Client> client(Mode mode, Optional<String> vouchers, Map<String, String> options) {
        String certificate = options.get("sslcert");
        String key = options.get("sslkey");
        if (certificate == null && key == null) {
            return Optional.empty();
        }
        if (certificate == null || key == null) {
            throw new IllegalArgumentException("%s is missing (expected: both sslcert and sslkey, or none)"
                    .formatted(certificate == null ? "sslcert" : "sslkey"));
        }
        if (mode.isLess(Mode.REQUIRE) || vouchers.filter(SYSTEM::equals).isPresent()) {
            throw unfit("sslcert", certificate, "with sslmode=verify-full and a file as sslrootcert");
        }
        requireCertificates("sslcert", certificate);
        return Optional.of(new Client(certificate, key, algorithm(path("sslkey", key))));
    }

    private static Optional<String> algorithm(Path key) {
        try {
            // Any bytes are a text in it; the other forms of keys are not PEM.
            PemContent content = PemContent.of(Files.readString(key, StandardCharsets.ISO_8859_1));
            return Optional.ofNullable(content).map(PemContent::getPrivateKey).map(PrivateKey::getAlgorithm);
        } catch (IOException unreadable) {
            throw unfit("sslkey", key.toString(), "a file that this user may read");
        } catch (IllegalStateException | IllegalArgumentException otherForm) {
            return Optional.empty();
        }
    }

    private static void requireCertificates(String option, String file) {
        boolean found;
        try (InputStream in = Files.newInputStream(path(option, file))) {
            found = !CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .isEmpty();
        } catch (IOException | CertificateException unreadable) {
            found = false;
        }
        if (!found) {
            throw unfit(option, file, "a file of certificates in PEM that this user may read");
        }
    }

    private static Path path(String option, String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException invalid) {
            throw unfit(option, file, "the path of a file");
        }
    }

    private static IllegalArgumentException unfit(String option, String value, String expected) {
        return new IllegalArgumentException("%s: %s (expected: %s)".formatted(option, value, expected));
    }

    /** For the driver. */
    Map<String, String> driverOptions() {
        var options = new LinkedHashMap<String, String>();
        options.put("sslmode", mode.spelling());
        vouchers.ifPresent(file -> {
            if (file.equals(SYSTEM)) {
                options.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
            } else {
                options.put("sslrootcert", file);
            }
        });
        client.ifPresent(pair -> {
            options.put("sslcert", pair.certificate());
            options.put("sslkey", pair.key());
            pair.algorithm().ifPresent(algorithm -> options.put("pemKeyAlgorithm", algorithm));
        });
        return options;
    }

    /** What others on the way could do, as the end of a sentence that begins with the variable. */
    Optional<String> doubt() {
        if (ThisMachine.isCalled(host) || !mode.isLess(Mode.VERIFY_CA)) {
            return Optional.empty();
        }
        String open = mode == Mode.REQUIRE
                ? "what passes between here and %s is encrypted, but nothing proves who answers".formatted(host)
                : "what passes between here and %s can be read and changed on the way".formatted(host);
        return Optional.of(open + " (expected outside development: sslmode=verify-full and sslrootcert)");
    }

    /** A sentence on why a connection failed, if it was for want of the TLS that is asked for. */
    Optional<String> refusal(Throwable failure) {
        return TlsRefusal.of(failure)
                .or(() -> saidByDriver(failure))
                .map(said -> "%s %s (expected by sslmode=%s: %s).".formatted(host, said, mode.spelling(), expected()));
    }

    /** The driver knows these two by their words only. */
    private Optional<String> saidByDriver(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof SQLException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String words = String.valueOf(cause.getMessage());
        if (words.equals(GT.tr("The server does not support SSL."))) {
            return Optional.of(TlsRefusal.NOT_SPOKEN);
        }
        return words.equals(GT.tr("The hostname {0} could not be verified by hostnameverifier {1}.", host, VERIFIER))
                ? Optional.of(TlsRefusal.OTHER_HOST)
                : Optional.empty();
    }

    private String expected() {
        String vouching = vouchers.map(file -> file.equals(SYSTEM) ? "what Java trusts" : file)
                .map(file -> " that %s vouches for".formatted(file))
                .orElse("");
        return switch (mode) {
            case DISABLE, ALLOW, PREFER, REQUIRE -> "TLS";
            case VERIFY_CA -> "TLS, and a certificate" + vouching;
            case VERIFY_FULL -> "TLS, and a certificate for %s%s".formatted(host, vouching);
        };
    }
}
