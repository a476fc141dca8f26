package dev.apg.contract.canonical;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * Numbers as ECMAScript prints them ({@code Number::toString} with radix 10): the fewest digits that read back as the
 * same number, in plain notation from 1e-6 up to 1e21.
 */
final class EcmaScriptNumber {
    private static final int PLAIN_FROM = -6;
    private static final int PLAIN_TO = 21;

    private EcmaScriptNumber() {}

    /** The text of a finite number. */
    static String text(double number) {
        if (number == 0) {
            return "0"; // also for negative zero
        }
        BigDecimal shortest = shortest(Math.abs(number)).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        // The value is 0.DIGITS times ten to this power: the "n" of the specification.
        int point = digits.length() - shortest.scale();
        return (number < 0 ? "-" : "") + layOut(digits, point);
    }

    private static String layOut(String digits, int point) {
        int count = digits.length();
        if (count <= point && point <= PLAIN_TO) {
            return digits + "0".repeat(point - count);
        }
        if (0 < point && point <= PLAIN_TO) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (PLAIN_FROM < point && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        int exponent = point - 1;
        String mantissa = count == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    /**
     * Java prints the same shortest digits, but never fewer than two: 4.9E-324 where ECMAScript has 5e-324. So where
     * Java gives two, the neighbours with one digit are tried.
     */
    private static BigDecimal shortest(double number) {
        BigDecimal java = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        if (java.precision() != 2) {
            return java;
        }
        BigDecimal exact = new BigDecimal(number);
        BigDecimal best = java;
        for (RoundingMode towards : List.of(RoundingMode.DOWN, RoundingMode.UP)) {
            BigDecimal candidate = java.round(new MathContext(1, towards));
            boolean same = candidate.doubleValue() == number;
            boolean nearer = best == java
                    || candidate
                                    .subtract(exact)
                                    .abs()
                                    .compareTo(best.subtract(exact).abs())
                            < 0;
            if (same && nearer) {
                best = candidate;
            }
        }
        return best;
    }
}
