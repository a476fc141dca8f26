package dev.apg.server.platform.config;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the server calls others.
 *
 * @param allowed what may be called although it is not public, or not encrypted
 * @param certificates that vouch for others, beside those that Java trusts
 * @param patience how long one call may take
 * @param connectionsPerHost how many calls of one host may be under way
 */
public record OutboundSettings(
        List<Destination> allowed, List<X509Certificate> certificates, Duration patience, int connectionsPerHost) {

    /** What a developer runs beside the server is on the same machine, and has no certificate. */
    private static final List<Destination> THIS_MACHINE = Stream.of(
                    "http://localhost", "http://127.0.0.0/8", "http://::1")
            .map(Destination::parse)
            .toList();

    static OutboundSettings ofDevelopment() {
        return new OutboundSettings(THIS_MACHINE, List.of(), Duration.ofSeconds(30), 10);
    }

    static OutboundSettings read(EnvironmentReader reader, Settings.Stage stage) {
        return new OutboundSettings(
                reader.read(OutboundVariables.ALLOWED)
                        .orElse(stage == Settings.Stage.DEVELOPMENT ? THIS_MACHINE : List.of()),
                reader.read(OutboundVariables.CERTIFICATES).orElse(List.of()),
                Duration.ofSeconds(reader.get(OutboundVariables.REQUEST_TIMEOUT)),
                reader.get(OutboundVariables.MAX_CONNECTIONS_PER_HOST));
    }
}
