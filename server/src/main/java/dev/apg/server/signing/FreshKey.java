package dev.apg.server.signing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.apg.server.platform.config.AccessTokenSettings.Algorithm;

/** Makes keys; their names are their thumbprints (RFC 7638), so that no two keys can have the same. */
final class FreshKey {
    private static final int RSA_BITS = 3_072;

    private FreshKey() {}

    static JWK of(Algorithm algorithm) {
        try {
            return switch (algorithm) {
                case ES256 ->
                    new ECKeyGenerator(Curve.P_256)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(JWSAlgorithm.ES256)
                            .keyIDFromThumbprint(true)
                            .generate();
                case RS256 ->
                    new RSAKeyGenerator(RSA_BITS)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(JWSAlgorithm.RS256)
                            .keyIDFromThumbprint(true)
                            .generate();
                case HS256 -> throw new IllegalStateException("a shared key is given, not made");
            };
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java makes these", e);
        }
    }
}
