package dev.apg.server.signing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Instant;

/**
 * A key that signs, or will sign, or has signed access tokens.
 *
 * @param jwk with its private part, if that can be read, its name ({@code kid}) and the one algorithm that it is for
 * @param signsFrom when it begins to sign; published it is before
 */
record SigningKey(JWK jwk, Instant signsFrom) {
    String name() {
        return jwk.getKeyID();
    }

    JWSAlgorithm algorithm() {
        return JWSAlgorithm.parse(jwk.getAlgorithm().getName());
    }

    boolean isShared() {
        return jwk instanceof OctetSequenceKey;
    }

    JWSSigner signer() throws JOSEException {
        return switch (jwk) {
            case ECKey key -> new ECDSASigner(key);
            case RSAKey key -> new RSASSASigner(key);
            case OctetSequenceKey key -> new MACSigner(key);
            default -> throw new IllegalStateException("no such key is made or read");
        };
    }

    JWSVerifier verifier() throws JOSEException {
        return switch (jwk) {
            case ECKey key -> new ECDSAVerifier(key);
            case RSAKey key -> new RSASSAVerifier(key.toRSAPublicKey());
            case OctetSequenceKey key -> new MACVerifier(key);
            default -> throw new IllegalStateException("no such key is made or read");
        };
    }

    /** Without the key: this may end up in a log. */
    @Override
    public String toString() {
        return "signing key " + name();
    }
}
