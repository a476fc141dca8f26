package dev.apg.server.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An issuer's public keys that can verify signatures. Each verifies with the algorithms of its kind only; shared keys are none
 * of them, so nothing that is public can be taken for one.
 */
record KeySet(List<JWK> keys) {
    private static final int MOST = 100;
    private static final int FEWEST_BITS = 2_048;
    private static final Map<Curve, JWSAlgorithm> CURVES =
            Map.of(Curve.P_256, JWSAlgorithm.ES256, Curve.P_384, JWSAlgorithm.ES384, Curve.P_521, JWSAlgorithm.ES512);

    KeySet {
        keys = List.copyOf(keys);
    }

    /** Keys that are of no use here, or cannot be read, are left out: others of the set may do. */
    static KeySet of(JsonNode document) {
        return new KeySet(document.path("keys")
                .valueStream()
                .limit(MOST)
                .flatMap(KeySet::key)
                .toList());
    }

    private static Stream<JWK> key(JsonNode node) {
        try {
            JWK key = JWK.parse(node.toString());
            boolean signs = key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse());
            boolean fit = switch (key) {
                case RSAKey rsa -> rsa.size() >= FEWEST_BITS;
                case ECKey ec -> CURVES.containsKey(ec.getCurve());
                default -> false;
            };
            // A private part that was published is everybody's.
            return signs && fit && !key.isPrivate() ? Stream.of(key) : Stream.empty();
        } catch (ParseException | IllegalArgumentException unreadable) {
            return Stream.empty();
        }
    }

    /** The one that a token names; of a token that names none, the only one there is. */
    Optional<JWK> find(JWSHeader header) {
        String name = header.getKeyID();
        List<JWK> fit = keys.stream()
                .filter(key -> name == null || name.equals(key.getKeyID()))
                .filter(key -> verifies(key, header.getAlgorithm()))
                .toList();
        return fit.size() == 1 ? Optional.of(fit.getFirst()) : Optional.empty();
    }

    private static boolean verifies(JWK key, JWSAlgorithm algorithm) {
        boolean kind = switch (key) {
            case RSAKey _ -> JWSAlgorithm.Family.RSA.contains(algorithm);
            case ECKey ec -> algorithm.equals(CURVES.get(ec.getCurve()));
            default -> false;
        };
        return kind
                && (key.getAlgorithm() == null || key.getAlgorithm().getName().equals(algorithm.getName()));
    }

    static JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (key) {
            case RSAKey rsa -> new RSASSAVerifier(rsa);
            case ECKey ec -> new ECDSAVerifier(ec);
            default -> throw new IllegalStateException("no such key is kept");
        };
    }
}
