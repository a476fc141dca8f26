package dev.apg.server.signing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;

/** The public key of a private one, which Java can use but not work out: the base point, as many times as the key says. */
final class CurvePoint {
    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private CurvePoint() {}

    /** Once at a start, so that how long it takes tells nobody anything. */
    static ECPublicKey publicKey(ECPrivateKey key) {
        ECParameterSpec parameters = key.getParams();
        ECPoint sum = ECPoint.POINT_INFINITY;
        ECPoint doubled = parameters.getGenerator();
        for (int bit = 0; bit < key.getS().bitLength(); bit++) {
            if (key.getS().testBit(bit)) {
                sum = add(sum, doubled, parameters.getCurve());
            }
            doubled = add(doubled, doubled, parameters.getCurve());
        }
        try {
            return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(sum, parameters));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a point of the curve", e);
        }
    }

    private static ECPoint add(ECPoint one, ECPoint other, EllipticCurve curve) {
        if (one.equals(ECPoint.POINT_INFINITY)) {
            return other;
        }
        if (other.equals(ECPoint.POINT_INFINITY)) {
            return one;
        }
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger x1 = one.getAffineX();
        BigInteger y1 = one.getAffineY();
        BigInteger x2 = other.getAffineX();
        BigInteger y2 = other.getAffineY();
        BigInteger slope;
        if (x1.equals(x2)) {
            if (y1.add(y2).mod(p).signum() == 0) {
                return ECPoint.POINT_INFINITY;
            }
            slope = THREE.multiply(x1.pow(2))
                    .add(curve.getA())
                    .multiply(TWO.multiply(y1).modInverse(p));
        } else {
            slope = y2.subtract(y1).multiply(x2.subtract(x1).modInverse(p));
        }
        BigInteger x3 = slope.pow(2).subtract(x1).subtract(x2).mod(p);
        return new ECPoint(x3, slope.multiply(x1.subtract(x3)).subtract(y1).mod(p));
    }
}
