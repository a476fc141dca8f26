package dev.apg.server.platform.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How access tokens are made.
 *
 * @param issuer the address that they name as their maker, and as the one that they are for
 * @param sharedKey for {@link Algorithm#HS256}
 * @param privateKeys PEM texts, the first of which signs; empty: the server makes its keys itself
 */
public record AccessTokenSettings(
        Algorithm algorithm,
        Duration lifetime,
        String issuer,
        Optional<Secret> sharedKey,
        Optional<Secret> privateKeys) {
    /** The longest lifetime that can be set. */
    public static final Duration LONGEST = Duration.ofDays(1);

    /** How tokens are signed. */
    public enum Algorithm {
        ES256,
        RS256,
        HS256
    }

    static AccessTokenSettings ofDevelopment() {
        return new AccessTokenSettings(
                Algorithm.ES256, Duration.ofMinutes(30), "http://localhost:8000", Optional.empty(), Optional.empty());
    }

    static AccessTokenSettings read(EnvironmentReader reader, Settings.Stage stage, String localAddress) {
        Algorithm algorithm = reader.get(AccessVariables.JWT_ALGORITHM);
        Optional<String> shared = reader.read(AccessVariables.JWT_SECRET_KEY);
        Optional<String> privateKeys = reader.read(AccessVariables.JWT_SIGNING_KEY);
        Optional<String> address = reader.read(AccessVariables.PUBLIC_URL);
        if (algorithm == Algorithm.HS256) {
            checkShared(reader, stage);
        } else if (shared.isPresent()) {
            reader.warn("JWT_SECRET_KEY has no effect: only JWT_ALGORITHM=hs256 uses it.");
        }
        if (algorithm == Algorithm.HS256 && privateKeys.isPresent()) {
            reader.warn("JWT_SIGNING_KEY has no effect: JWT_ALGORITHM=hs256 signs with JWT_SECRET_KEY.");
        }
        if (address.isEmpty() && stage != Settings.Stage.DEVELOPMENT && !reader.isGiven(AccessVariables.PUBLIC_URL)) {
            reader.warn("APG_PUBLIC_URL is not set: access tokens name %s as their issuer.".formatted(localAddress));
        }
        return new AccessTokenSettings(
                algorithm,
                Duration.ofMinutes(reader.get(AccessVariables.JWT_ACCESS_TOKEN_EXPIRE_MINUTES)),
                address.orElse(localAddress),
                shared.map(Secret::new),
                privateKeys.map(Secret::new));
    }

    /** Whoever can check such a token can make one. */
    private static void checkShared(EnvironmentReader reader, Settings.Stage stage) {
        if (stage != Settings.Stage.DEVELOPMENT) {
            reader.refuse(
                    "JWT_ALGORITHM: hs256 (expected outside development: es256 or rs256, whose keys the server makes, keeps encrypted and rotates by itself; leave JWT_ALGORITHM and JWT_SECRET_KEY out).");
        } else if (!reader.isGiven(AccessVariables.JWT_SECRET_KEY)) {
            reader.refuse("JWT_SECRET_KEY is missing (expected with JWT_ALGORITHM=hs256: %s)."
                    .formatted(AccessVariables.JWT_SECRET_KEY.expected()));
        }
    }
}
