package dev.apg.server.platform.outbound;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed. */
final class Trust {
    private Trust() {}

    /** Those that Java trusts and these. */
    static SSLContext of(List<X509Certificate> more) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, more.isEmpty() ? null : managers(together(more)), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the certificates of APG_OUTBOUND_CERTIFICATES cannot be used", e);
        }
    }

    private static KeyStore together(List<X509Certificate> more) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        List<X509Certificate> all = Stream.concat(
                        Stream.of(managers(null))
                                .filter(X509TrustManager.class::isInstance)
                                .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers())),
                        more.stream())
                .distinct()
                .toList();
        for (X509Certificate each : all) {
            store.setCertificateEntry("trusted-" + store.size(), each);
        }
        return store;
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
