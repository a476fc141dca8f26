package dev.apg.server.platform.config;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/** What the server proves itself with: certificates, its own first, and the private key of that one. */
public record TlsIdentity(List<X509Certificate> certificates, PrivateKey privateKey) {
    /** A message of its own for each thing that can be wrong; what is secret is not in it. */
    public static TlsIdentity parse(String certificates, String privateKey) {
        List<X509Certificate> chain = read(certificates, PemContent::getCertificates)
                .filter(found -> !found.isEmpty())
                .orElseThrow(() -> unfit(EdgeVariables.TLS_CERTIFICATE));
        PrivateKey key =
                read(privateKey, PemContent::getPrivateKey).orElseThrow(() -> unfit(EdgeVariables.TLS_PRIVATE_KEY));
        PublicKey certified = chain.getFirst().getPublicKey();
        if (!certified.getAlgorithm().equals(key.getAlgorithm()) || !belong(certified, key)) {
            throw new IllegalArgumentException(
                    "TLS_PRIVATE_KEY is not the key of the first certificate in TLS_CERTIFICATE, %s (expected: the two that belong together)."
                            .formatted(
                                    chain.getFirst().getSubjectX500Principal().getName()));
        }
        return new TlsIdentity(chain, key);
    }

    /** Reads a part of PEM. */
    @FunctionalInterface
    private interface Part<T> {
        @Nullable
        T of(PemContent content);
    }

    private static <T> Optional<T> read(String text, Part<T> part) {
        try {
            PemContent content = PemContent.of(text);
            return content == null ? Optional.empty() : Optional.ofNullable(part.of(content));
        } catch (IllegalStateException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static IllegalArgumentException unfit(Variable<String> variable) {
        return new IllegalArgumentException(
                "%s: this value will not do (expected: %s).".formatted(variable.name(), variable.expected()));
    }

    /** Whether the one opens what the other closes. */
    private static boolean belong(PublicKey certified, PrivateKey key) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            byte[] text = {1, 2, 3};
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException different) {
            return false;
        }
    }

    /** Sentences about what clients will not like. */
    List<String> doubts() {
        Instant until = certificates.getFirst().getNotAfter().toInstant();
        Instant from = certificates.getFirst().getNotBefore().toInstant();
        if (until.isBefore(Instant.now())) {
            return List.of("TLS_CERTIFICATE expired at %s: clients will refuse it.".formatted(until));
        }
        return from.isAfter(Instant.now())
                ? List.of("TLS_CERTIFICATE is not valid before %s: clients will refuse it.".formatted(from))
                : List.of();
    }

    /** In memory, under a password that protects nothing because nobody else sees it. */
    public KeyStore keyStore(char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", privateKey, password, certificates.toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | java.io.IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public String toString() {
        return certificates.getFirst().getSubjectX500Principal().getName();
    }
}
