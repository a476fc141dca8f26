package dev.apg.server.platform.config;

import java.security.cert.X509Certificate;
import java.util.List;

/** The environment variables about how the server calls others. */
final class OutboundVariables {
    static final Variable<List<Destination>> ALLOWED = Variable.list(
            "APG_OUTBOUND_ALLOWED",
            "hosts, addresses and networks such as id.corp.example or 10.0.0.0/8, with commas between them; with http:// before one, also without TLS",
            "What members of tenants tell the server to call, such as issuers of identity tokens, it calls by HTTPS and at public addresses only. This allows others. Without it that is none outside development, and this machine in development (`http://localhost,http://127.0.0.0/8,http://::1`). A host that is named may have any address.",
            Destination::parse);

    static final Variable<List<X509Certificate>> CERTIFICATES = Variable.certificates(
            "APG_OUTBOUND_CERTIFICATES",
            "They vouch for what the server calls, beside those that Java trusts: for services whose certificate is of an authority of one's own.");

    static final Variable<Integer> REQUEST_TIMEOUT = Variable.number(
                    "REQUEST_TIMEOUT",
                    1,
                    600,
                    "Seconds that another service may take, from looking up its name to the last byte of its answer.")
            .byDefault("30");

    static final Variable<Integer> MAX_CONNECTIONS_PER_HOST = Variable.number(
                    "MAX_CONNECTIONS_PER_HOST", 1, 1_000, "Connections of a node to one host of others.")
            .byDefault("10");

    private OutboundVariables() {}
}
