package dev.apg.resolver.version;

import dev.apg.resolver.version.NaiveRange.Term;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Random versions and ranges that meet each other often: few numbers, few identifiers, now and then a very large one.
 *
 * <p>Made by hand from a random source and not composed of generators, which takes a hundred times as long; the values
 * are small enough to be read without being shrunk.
 */
final class Versions {
    private static final List<String> IDENTIFIERS =
            List.of("0", "1", "2", "10", "alpha", "beta", "a-b", "-", "0a", "18446744073709551616");
    private static final List<Long> LARGE = List.of(2097151L, 2097152L, SemVer.MAX_NUMBER - 1);
    private static final List<String> OPERATORS = List.of("", "<", "<=", ">", ">=", "~", "^");

    private Versions() {}

    static Arbitrary<SemVer> any() {
        return Arbitraries.randomValue(random -> SemVer.parse(text(random)));
    }

    static Arbitrary<String> texts() {
        return Arbitraries.randomValue(Versions::text);
    }

    static Arbitrary<List<SemVer>> ascending() {
        return Arbitraries.randomValue(random -> upTo(30, random, () -> SemVer.parse(text(random))).stream()
                .distinct()
                .sorted()
                .toList());
    }

    static Arbitrary<VersionSet> sets() {
        return Arbitraries.randomValue(random -> {
            VersionSet set = random.nextInt(4) == 0 ? VersionSet.from(SemVer.parse(text(random))) : VersionSet.none();
            for (int i = random.nextInt(5); i > 0; i--) {
                set = set.union(VersionSet.between(SemVer.parse(text(random)), SemVer.parse(text(random))));
            }
            return set;
        });
    }

    static Arbitrary<NaiveRange> ranges() {
        return Arbitraries.randomValue(random ->
                new NaiveRange(oneTo(3, random, () -> oneTo(3, random, () -> term(random)))));
    }

    private static Term term(Random random) {
        int given = random.nextInt(7);
        return new Term(
                pick(OPERATORS, random),
                given > 0 ? number(random) : null,
                given > 1 ? number(random) : null,
                given > 2 ? number(random) : null,
                given > 2 ? prerelease(random) : "");
    }

    private static String text(Random random) {
        String numbers = number(random) + "." + number(random) + "." + number(random);
        String prerelease = prerelease(random);
        return prerelease.isEmpty() ? numbers : numbers + "-" + prerelease;
    }

    private static Long number(Random random) {
        return random.nextInt(20) == 0 ? pick(LARGE, random) : Long.valueOf(random.nextInt(4));
    }

    private static String prerelease(Random random) {
        return random.nextBoolean() ? "" : String.join(".", oneTo(3, random, () -> pick(IDENTIFIERS, random)));
    }

    private static <T> T pick(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static <T> List<T> oneTo(int most, Random random, Supplier<T> next) {
        return Stream.generate(next).limit(1 + random.nextInt(most)).toList();
    }

    private static <T> List<T> upTo(int most, Random random, Supplier<T> next) {
        return Stream.generate(next).limit(random.nextInt(most + 1)).toList();
    }
}
