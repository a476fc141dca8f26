package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the resolver knows of one version.
 *
 * @param conflicts what must not be chosen beside this version; never bites another version of the same capability
 * @param cost whole units, 0 to 10^12
 */
public record CapabilityVersion(
        String code,
        SemVer number,
        Set<Mark> marks,
        List<Provision> provides,
        List<Requirement> requirements,
        List<Target> conflicts,
        long cost) {

    public static final long MAX_COST = 1_000_000_000_000L;

    public CapabilityVersion {
        Codes.check(code);
        Objects.requireNonNull(number, "number");
        marks = Set.copyOf(marks);
        provides = List.copyOf(provides);
        requirements = List.copyOf(requirements);
        conflicts = List.copyOf(conflicts);
        requireCost(code, number, cost);
    }

    /** @throws IllegalArgumentException if the cost is none that a version may have; objectives add up thousands of them */
    static void requireCost(String code, SemVer number, long cost) {
        if (cost < 0 || cost > MAX_COST) {
            throw new IllegalArgumentException(
                    "cost of " + code + " " + number + ": " + cost + " (expected: 0 to " + MAX_COST + ")");
        }
    }

    /** A version that provides, requires and conflicts with nothing. */
    public static CapabilityVersion plain(String code, String number) {
        return new CapabilityVersion(code, SemVer.parse(number), Set.of(), List.of(), List.of(), List.of(), 0);
    }

    public ExactVersion exact() {
        return new ExactVersion(code, number);
    }

    /** The same version with exactly these marks. */
    public CapabilityVersion marked(Mark... marks) {
        Set<Mark> set = EnumSet.noneOf(Mark.class);
        set.addAll(List.of(marks));
        return new CapabilityVersion(code, number, set, provides, requirements, conflicts, cost);
    }
}
