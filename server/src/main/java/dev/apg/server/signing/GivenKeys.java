package dev.apg.server.signing;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.apg.server.platform.config.AccessTokenSettings;
import dev.apg.server.platform.config.AccessTokenSettings.Algorithm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The keys that the operator gives; the first of them signs. */
final class GivenKeys {
    private GivenKeys() {}

    /** Empty if the server makes them itself. */
    static Optional<List<SigningKey>> of(AccessTokenSettings settings) {
        return settings.algorithm() == Algorithm.HS256
                ? settings.sharedKey()
                        .map(key -> new OctetSequenceKey.Builder(key.value().getBytes(StandardCharsets.UTF_8))
                                .algorithm(JWSAlgorithm.HS256)
                                .keyID("shared")
                                .build())
                        .map(key -> List.of(new SigningKey(key, Instant.EPOCH)))
                : settings.privateKeys()
                        .map(text -> PemKeys.read(text.value(), settings.algorithm()).stream()
                                .map(key -> new SigningKey(key, Instant.EPOCH))
                                .toList());
    }
}
