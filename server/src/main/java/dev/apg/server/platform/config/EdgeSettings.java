package dev.apg.server.platform.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How requests come in.
 *
 * @param tls with which certificate the server speaks TLS; empty: it does not
 * @param allowedOrigins of web pages that may call the API, as browsers spell them
 * @param trustedProxies whose word about their client's address is believed
 * @param proxyHeader where they say it
 * @param connectionsPerAddress that one address may have at once, unless it is a trusted proxy's
 */
public record EdgeSettings(
        Optional<Tls> tls,
        List<String> allowedOrigins,
        List<AddressRange> trustedProxies,
        ProxyHeader proxyHeader,
        int connectionsPerAddress) {
    /** An eighth of those of a node. */
    static final int CONNECTIONS_PER_ADDRESS = 1_024;

    /** Without TLS, other origins or proxies. */
    public static final EdgeSettings PLAIN = new EdgeSettings(
            Optional.empty(), List.of(), List.of(), ProxyHeader.X_FORWARDED_FOR, CONNECTIONS_PER_ADDRESS);

    /** Where a proxy says whom it asks for. */
    public enum ProxyHeader {
        X_FORWARDED_FOR("X-Forwarded-For"),
        FORWARDED("Forwarded");

        private final String header;

        ProxyHeader(String header) {
            this.header = header;
        }

        /** As it is called in a request. */
        public String header() {
            return header;
        }
    }

    /**
     * A certificate with its key.
     *
     * @param files where they are looked for again, if both came from files
     */
    public record Tls(TlsIdentity identity, Optional<Files> files) {}

    /** Where a certificate and its key lie. */
    public record Files(Path certificate, Path privateKey) {}

    /** Whether a proxy with this address is believed. */
    public boolean isTrusted(InetAddress address) {
        return trustedProxies.stream().anyMatch(range -> range.contains(address));
    }

    /** Of the API on this machine. */
    public String address(int port) {
        return "%s://localhost:%d".formatted(tls.isPresent() ? "https" : "http", port);
    }

    static EdgeSettings read(EnvironmentReader reader, Settings.Stage stage) {
        EdgeSettings edge = read(reader);
        if (stage == Settings.Stage.PRODUCTION
                && edge.tls().isEmpty()
                && edge.trustedProxies().isEmpty()) {
            reader.warn(
                    "Neither TLS_CERTIFICATE nor TRUSTED_PROXIES is set: tokens and passwords come over plain HTTP, and whoever is on the way can read them.");
        }
        return edge;
    }

    private static EdgeSettings read(EnvironmentReader reader) {
        return new EdgeSettings(
                tls(reader),
                reader.read(EdgeVariables.CORS_ALLOWED_ORIGINS).orElse(List.of()),
                reader.read(EdgeVariables.TRUSTED_PROXIES).orElse(List.of()),
                reader.get(EdgeVariables.TRUSTED_PROXY_HEADER),
                reader.get(EdgeVariables.CONNECTIONS_PER_ADDRESS));
    }

    private static Optional<Tls> tls(EnvironmentReader reader) {
        Optional<String> certificate = reader.read(EdgeVariables.TLS_CERTIFICATE);
        Optional<String> privateKey = reader.read(EdgeVariables.TLS_PRIVATE_KEY);
        if (certificate.isEmpty() && privateKey.isEmpty()) {
            return Optional.empty();
        }
        if (certificate.isEmpty() || privateKey.isEmpty()) {
            Variable<String> missing =
                    certificate.isEmpty() ? EdgeVariables.TLS_CERTIFICATE : EdgeVariables.TLS_PRIVATE_KEY;
            Variable<String> given =
                    certificate.isEmpty() ? EdgeVariables.TLS_PRIVATE_KEY : EdgeVariables.TLS_CERTIFICATE;
            reader.refuse("%s is missing (expected with %s: %s)."
                    .formatted(missing.name(), given.name(), missing.expected()));
            return Optional.empty();
        }
        try {
            TlsIdentity identity = TlsIdentity.parse(certificate.get(), privateKey.get());
            identity.doubts().forEach(reader::warn);
            Optional<Files> files = reader.file(EdgeVariables.TLS_CERTIFICATE)
                    .flatMap(first ->
                            reader.file(EdgeVariables.TLS_PRIVATE_KEY).map(second -> new Files(first, second)));
            return Optional.of(new Tls(identity, files));
        } catch (IllegalArgumentException wrong) {
            reader.refuse(String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }
}
