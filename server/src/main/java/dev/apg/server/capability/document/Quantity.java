package dev.apg.server.capability.document;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes' quantities: {@code 200m}, {@code 64Mi}. */
final class Quantity {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)([a-zA-Z]{0,2})");
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final BigDecimal KIBI = BigDecimal.valueOf(1_024);
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(
            Map.entry("m", new BigDecimal("0.001")),
            Map.entry("", BigDecimal.ONE),
            Map.entry("k", THOUSAND),
            Map.entry("M", THOUSAND.pow(2)),
            Map.entry("G", THOUSAND.pow(3)),
            Map.entry("T", THOUSAND.pow(4)),
            Map.entry("P", THOUSAND.pow(5)),
            Map.entry("Ki", KIBI),
            Map.entry("Mi", KIBI.pow(2)),
            Map.entry("Gi", KIBI.pow(3)),
            Map.entry("Ti", KIBI.pow(4)),
            Map.entry("Pi", KIBI.pow(5)));

    private Quantity() {}

    /** Whether the first is more than the second; false if either is malformed, which its constraint reports. */
    static boolean exceeds(String left, String right) {
        Matcher first = TEXT.matcher(left);
        Matcher second = TEXT.matcher(right);
        if (!first.matches() || !second.matches()) {
            return false;
        }
        BigDecimal firstUnit = UNITS.get(first.group(2));
        BigDecimal secondUnit = UNITS.get(second.group(2));
        return firstUnit != null
                && secondUnit != null
                && new BigDecimal(first.group(1))
                                .multiply(firstUnit)
                                .compareTo(new BigDecimal(second.group(1)).multiply(secondUnit))
                        > 0;
    }
}
