package dev.apg.server.signing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.apg.server.platform.config.AccessTokenSettings;
import dev.apg.server.platform.config.ConfigurationException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code JWT_SIGNING_KEY}: private keys in PEM, one behind the other. */
final class PemKeys {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----\\s+([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final int LEAST_RSA_BITS = 2_048;

    private PemKeys() {}

    /** @throws ConfigurationException if one of them is not what the algorithm needs */
    static List<JWK> read(String text, AccessTokenSettings.Algorithm algorithm) {
        Matcher block = BLOCK.matcher(text);
        List<JWK> keys = new ArrayList<>();
        while (block.find()) {
            if (!block.group(1).equals("PRIVATE KEY")) {
                throw refused("the block %s".formatted(block.group(1)), algorithm);
            }
            keys.add(key(Base64.getMimeDecoder().decode(block.group(2)), algorithm, keys.size() + 1));
        }
        if (keys.isEmpty()) {
            throw refused("no key", algorithm);
        }
        return keys;
    }

    private static JWK key(byte[] encoded, AccessTokenSettings.Algorithm algorithm, int number) {
        try {
            String kind = algorithm == AccessTokenSettings.Algorithm.ES256 ? "EC" : "RSA";
            PrivateKey key = KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return key instanceof ECPrivateKey curve ? ofCurve(curve) : ofRsa((RSAPrivateCrtKey) key);
        } catch (GeneralSecurityException | JOSEException | ClassCastException | IllegalArgumentException e) {
            throw refused("key %d, which is none of these".formatted(number), algorithm);
        }
    }

    private static JWK ofCurve(ECPrivateKey key) throws JOSEException {
        Curve curve = Curve.forECParameterSpec(key.getParams());
        if (!Curve.P_256.equals(curve)) {
            throw new IllegalArgumentException("another curve");
        }
        return new ECKey.Builder(curve, CurvePoint.publicKey(key))
                .privateKey(key)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint()
                .build();
    }

    private static JWK ofRsa(RSAPrivateCrtKey key) throws GeneralSecurityException, JOSEException {
        if (key.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw new IllegalArgumentException("too short");
        }
        var publicKey = (RSAPublicKey) KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        return new RSAKey.Builder(publicKey)
                .privateKey(key)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .keyIDFromThumbprint()
                .build();
    }

    private static ConfigurationException refused(String found, AccessTokenSettings.Algorithm algorithm) {
        return new ConfigurationException(
                List.of("JWT_SIGNING_KEY holds %s (expected: private keys in PKCS #8 PEM, %s, for example from `%s`)."
                        .formatted(
                                found,
                                algorithm == AccessTokenSettings.Algorithm.ES256
                                        ? "on the curve P-256"
                                        : "RSA of at least 2048 bits",
                                algorithm == AccessTokenSettings.Algorithm.ES256
                                        ? "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256"
                                        : "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072")));
    }
}
