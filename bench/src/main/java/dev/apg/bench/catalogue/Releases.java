package dev.apg.bench.catalogue;

import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.List;

/** The version numbers of a capability as they come out one after the other. */
final class Releases {
    private Releases() {}

    /** Ascending; the first one is a release. */
    static List<SemVer> numbers(int count, Dice dice) {
        List<SemVer> numbers = new ArrayList<>(count);
        SemVer number = SemVer.of(dice.percent(3) ? 0 : 1, 1 + dice.below(3), 0);
        for (int i = 0; i < count; i++) {
            numbers.add(number);
            number = next(number, dice.below(1_000));
        }
        return numbers;
    }

    private static SemVer next(SemVer number, int dice) {
        if (number.isPrerelease()) {
            return SemVer.of(number.major(), number.minor(), number.patch());
        }
        if (dice < 10) {
            return SemVer.of(number.major() + 1, 0, 0);
        }
        if (dice < 40) {
            return SemVer.parse(number.major() + "." + (number.minor() + 1) + ".0-rc.1");
        }
        return dice < 500
                ? SemVer.of(number.major(), number.minor() + 1, 0)
                : SemVer.of(number.major(), number.minor(), number.patch() + 1);
    }
}
