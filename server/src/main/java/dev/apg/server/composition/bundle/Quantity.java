package dev.apg.server.composition.bundle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Amounts in the notation of Kubernetes: {@code 200m}, {@code 64Mi}. */
final class Quantity {
    private static final BigInteger MEBI = BigInteger.ONE.shiftLeft(20);
    private static final BigInteger MAX_BYTES = BigInteger.valueOf(Long.MAX_VALUE);

    private Quantity() {}

    /** The amount in units; the text has been checked when the version was published. */
    static BigDecimal parse(String text) {
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        BigDecimal number = new BigDecimal(text.substring(0, end));
        return number.multiply(
                switch (text.substring(end)) {
                    case "" -> BigDecimal.ONE;
                    case "m" -> new BigDecimal("0.001");
                    case "k" -> BigDecimal.TEN.pow(3);
                    case "M" -> BigDecimal.TEN.pow(6);
                    case "G" -> BigDecimal.TEN.pow(9);
                    case "T" -> BigDecimal.TEN.pow(12);
                    case "P" -> BigDecimal.TEN.pow(15);
                    case "Ki" -> binary(10);
                    case "Mi" -> binary(20);
                    case "Gi" -> binary(30);
                    case "Ti" -> binary(40);
                    case "Pi" -> binary(50);
                    default -> throw new IllegalArgumentException(text + " (expected: a quantity such as 64Mi)");
                });
    }

    /** Whole bytes, rounded up; at most what container engines count to. */
    static BigInteger bytes(String text) {
        return parse(text).setScale(0, RoundingMode.CEILING).toBigIntegerExact().min(MAX_BYTES);
    }

    /** Memory as Compose writes it, where {@code m} means mebibytes: {@code 64m}. */
    static String composeBytes(String text) {
        BigInteger bytes = bytes(text);
        BigInteger[] mebibytes = bytes.divideAndRemainder(MEBI);
        return mebibytes[1].signum() == 0 && bytes.signum() > 0 ? mebibytes[0] + "m" : bytes + "b";
    }

    /** Processors as Compose writes them: {@code 0.2}. */
    static String composeProcessors(String text) {
        return plain(parse(text));
    }

    /** A number without exponent or trailing zeros. */
    static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static BigDecimal binary(int bits) {
        return new BigDecimal(BigInteger.ONE.shiftLeft(bits));
    }
}
