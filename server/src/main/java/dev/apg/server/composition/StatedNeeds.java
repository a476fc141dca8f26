package dev.apg.server.composition;

import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.resolver.CapabilityVersion;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Requirement;
import dev.apg.resolver.Strength;
import dev.apg.resolver.Target;
import dev.apg.resolver.Universe;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the versions of locks say that they need; of a purged one nothing is known. */
record StatedNeeds(Universe universe) {
    static final StatedNeeds UNKNOWN = new StatedNeeds(Universe.empty());

    /** Whether a requirement of an entry is known to bring in what it names. */
    boolean bringsIn(LockEntry consumer, String requirement) {
        return requirements(consumer).stream()
                .filter(each -> each.name().equals(requirement))
                .anyMatch(each -> each.strength() == Strength.REQUIRED || each.strength() == Strength.RECOMMENDED);
    }

    /** Whether a requirement of an entry is known to be soft: followed where that is possible. */
    boolean recommends(LockEntry consumer, String requirement) {
        return requirements(consumer).stream()
                .filter(each -> each.name().equals(requirement))
                .anyMatch(each -> each.strength() == Strength.RECOMMENDED);
    }

    /** Whether an entry is known to need a capability by its code in no range that admits the version. */
    boolean refuses(LockEntry consumer, String code, String version) {
        SemVer number = SemVer.parse(version);
        return requirements(consumer).stream()
                .filter(each -> each.strength() != Strength.ENHANCING)
                .filter(each -> each.anyOf().stream().allMatch(target -> isAbout(target, code)))
                .anyMatch(each -> each.anyOf().stream()
                        .noneMatch(target -> target.range().admits(number, PrereleaseRule.INCLUDE)));
    }

    /**
     * What an entry needs of a provider that is known not to meet it: {@code sessions ^2.0.0}; empty if it is met, or if
     * either is not known.
     */
    Optional<String> unmet(LockEntry consumer, String requirement, LockEntry provider) {
        return version(provider)
                .flatMap(met -> requirements(consumer).stream()
                        .filter(each -> each.name().equals(requirement))
                        .filter(each -> each.anyOf().stream().noneMatch(target -> meets(met, target)))
                        .findFirst())
                .map(each -> each.anyOf().stream().map(Target::toString).collect(Collectors.joining(" or ")));
    }

    /** Whether it is known what an entry needs. */
    boolean knows(LockEntry entry) {
        return version(entry).isPresent();
    }

    /** Whether an entry is known to conflict with another one. */
    boolean conflicts(LockEntry entry, LockEntry other) {
        return version(entry)
                .filter(opponent -> !opponent.conflicts().isEmpty())
                .flatMap(opponent -> version(other)
                        .filter(met -> opponent.conflicts().stream().anyMatch(target -> meets(met, target))))
                .isPresent();
    }

    /** Whether an entry is known to conflict with anything. */
    boolean conflicts(LockEntry entry) {
        return version(entry).filter(version -> !version.conflicts().isEmpty()).isPresent();
    }

    /** Whether a provider is known not to provide a service in a range. */
    boolean lacks(LockEntry provider, String service, String range) {
        var target = Target.service(service, range);
        return version(provider).filter(met -> !meets(met, target)).isPresent();
    }

    private static boolean meets(CapabilityVersion version, Target target) {
        return switch (target.kind()) {
            case CAPABILITY ->
                target.code().equals(version.code()) && target.range().admits(version.number(), PrereleaseRule.INCLUDE);
            case SERVICE ->
                version.provides().stream()
                        .anyMatch(each -> each.service().equals(target.code())
                                && target.range().admits(each.version(), PrereleaseRule.INCLUDE));
        };
    }

    private List<Requirement> requirements(LockEntry consumer) {
        return version(consumer).map(CapabilityVersion::requirements).orElse(List.of());
    }

    private Optional<CapabilityVersion> version(LockEntry entry) {
        return universe.version(new ExactVersion(entry.capability(), SemVer.parse(entry.version())));
    }

    private static boolean isAbout(Target target, String code) {
        return target.kind() == Target.Kind.CAPABILITY && target.code().equals(code);
    }
}
