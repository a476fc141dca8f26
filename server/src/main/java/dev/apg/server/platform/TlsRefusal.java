package dev.apg.server.platform;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why another program's TLS was not accepted, in words for whoever set the two up. */
public final class TlsRefusal {
    public static final String NOT_SPOKEN = "does not speak TLS";
    public static final String OTHER_HOST = "has a certificate for another host";

    private TlsRefusal() {}

    /** The end of a sentence that begins with the other program; empty if the failure was not about TLS. */
    public static Optional<String> of(Throwable failure) {
        List<Throwable> causes = causes(failure);
        if (has(causes, CertificateExpiredException.class)) {
            return Optional.of("has a certificate that has expired");
        }
        if (has(causes, CertificateNotYetValidException.class)) {
            return Optional.of("has a certificate that is not valid yet");
        }
        if (has(causes, CertPathBuilderException.class) || has(causes, CertPathValidatorException.class)) {
            return Optional.of("has a certificate that nothing trusted here vouches for");
        }
        if (has(causes, CertificateException.class)) {
            return Optional.of(OTHER_HOST);
        }
        return causes.stream()
                .filter(SSLException.class::isInstance)
                .reduce((outer, inner) -> inner)
                .map(inner -> "does not agree on TLS: " + inner.getMessage());
    }

    private static boolean has(List<Throwable> causes, Class<? extends Exception> kind) {
        return causes.stream().anyMatch(kind::isInstance);
    }

    private static List<Throwable> causes(Throwable failure) {
        var causes = new ArrayList<Throwable>();
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
