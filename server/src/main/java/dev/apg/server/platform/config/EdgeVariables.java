package dev.apg.server.platform.config;

import dev.apg.server.platform.config.Variables.Section;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The environment variables about how requests come in. */
final class EdgeVariables {
    static final Variable<String> TLS_CERTIFICATE = Variable.text(
            "TLS_CERTIFICATE",
            "certificates in PEM, the server's own first and then those that vouch for it",
            "With TLS_PRIVATE_KEY, the server speaks TLS itself on PORT: 1.3, and 1.2 with modern suites, and HTTP/2. The files of TLS_CERTIFICATE_FILE and TLS_PRIVATE_KEY_FILE are looked at every two seconds, so a renewed certificate needs no restart.");

    static final Variable<String> TLS_PRIVATE_KEY = Variable.text(
                    "TLS_PRIVATE_KEY",
                    "the private key of the first certificate in PEM, without a password",
                    "The key of TLS_CERTIFICATE.")
            .kept();

    static final Variable<List<String>> CORS_ALLOWED_ORIGINS = Variable.list(
            "CORS_ALLOWED_ORIGINS",
            "origins such as https://portal.example.com, with commas between them; never *",
            "Web pages of these origins may call the API with a token. Without it no other page may than the server's own. Cookies are never accepted from other origins.",
            EdgeVariables::origin);

    static final Variable<List<AddressRange>> TRUSTED_PROXIES = Variable.list(
            "TRUSTED_PROXIES",
            "addresses and networks such as 10.0.0.0/8, with commas between them",
            "What these proxies say about their client's address is believed, for limits, the audit log and logs. Without it nobody is believed, and behind a proxy all addresses are the proxy's.",
            AddressRange::parse);

    static final Variable<EdgeSettings.ProxyHeader> TRUSTED_PROXY_HEADER = Variable.text(
                    "TRUSTED_PROXY_HEADER",
                    "one of x-forwarded-for, forwarded",
                    "The header that the proxies set or append to. The other one is ignored, because clients could write into it what they like.")
            .<EdgeSettings.ProxyHeader>parsedBy(value -> EdgeSettings.ProxyHeader.valueOf(
                    value.toUpperCase(Locale.ROOT).replace('-', '_')))
            .byDefault("x-forwarded-for");

    static final Variable<Integer> CONNECTIONS_PER_ADDRESS = Variable.number(
                    "APG_CONNECTIONS_PER_ADDRESS",
                    1,
                    8_192,
                    "Connections that one address may have at once (of IPv6: the first 64 bits); more are closed as soon as they are made. Trusted proxies may have as many as there are.")
            .byDefault(Integer.toString(EdgeSettings.CONNECTIONS_PER_ADDRESS));

    static final Section SECTION = new Section(
            "Connections",
            List.of(
                    TLS_CERTIFICATE,
                    TLS_PRIVATE_KEY,
                    CORS_ALLOWED_ORIGINS,
                    TRUSTED_PROXIES,
                    TRUSTED_PROXY_HEADER,
                    CONNECTIONS_PER_ADDRESS));

    private EdgeVariables() {}

    private static String origin(String value) {
        URI address = URI.create(value);
        String host = address.getHost();
        boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        String bare = address.getScheme() + "://" + host + (address.getPort() < 0 ? "" : ":" + address.getPort());
        if (!http || host == null || !bare.equals(value)) {
            throw new IllegalArgumentException("not an origin");
        }
        return value.toLowerCase(Locale.ROOT);
    }
}
