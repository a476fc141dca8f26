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
import java.util.stream.Stream;

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

    /**
     * What of a lock does not go with an entry that it does not have: {@code needs redis ^7.0.0, and redis is 8.0.0}; empty if
     * it is not known that anything does not.
     */
    Optional<String> obstacle(LockEntry entry, LockSide lock) {
        return version(entry)
                .flatMap(own -> own.requirements().stream()
                        .flatMap(need -> lack(own, need, lock).stream())
                        .findFirst()
                        .or(() -> own.conflicts().stream()
                                .flatMap(target -> conflicting(own, target, lock).stream())
                                .findFirst()));
    }

    private Optional<String> lack(CapabilityVersion own, Requirement need, LockSide lock) {
        List<Target> targets = need.anyOf();
        Optional<LockEntry> named = targets.size() == 1 && targets.getFirst().kind() == Target.Kind.CAPABILITY
                ? lock.entry(targets.getFirst().code())
                : Optional.empty();
        boolean bears =
                need.strength() == Strength.REQUIRED || (need.strength() == Strength.OPTIONAL && named.isPresent());
        if (!bears || targets.stream().anyMatch(target -> meets(own, target)) || mayBeMet(own, need, lock)) {
            return Optional.empty();
        }
        String what = targets.stream().map(Target::toString).collect(Collectors.joining(" or "));
        return Optional.of("%s %s, %s"
                .formatted(
                        need.strength() == Strength.REQUIRED ? "needs" : "works only with",
                        what,
                        named.map(there -> "and %s is %s".formatted(there.capability(), there.version()))
                                .orElse("which nothing beside it meets")));
    }

    /** Whether something in a lock meets a need, or may do so: of a purged version nothing is known. */
    private boolean mayBeMet(CapabilityVersion own, Requirement need, LockSide lock) {
        return Stream.concat(
                        need.anyOf().stream()
                                .flatMap(target -> candidates(target, lock)
                                        .filter(each -> version(each)
                                                .filter(met -> !meets(met, target))
                                                .isEmpty())),
                        lock.provider(own.code(), need.name()).flatMap(lock::entry).stream()
                                .filter(each -> !knows(each)))
                .anyMatch(each -> !each.capability().equals(own.code()));
    }

    private Optional<String> conflicting(CapabilityVersion own, Target target, LockSide lock) {
        return candidates(target, lock)
                .filter(each -> !each.capability().equals(own.code()))
                .filter(each -> version(each).filter(met -> meets(met, target)).isPresent())
                .findFirst()
                .map(each -> "conflicts with %s %s".formatted(each.capability(), each.version()));
    }

    /** What a lock has of the capabilities that a target may be about. */
    private Stream<LockEntry> candidates(Target target, LockSide lock) {
        List<String> codes = switch (target.kind()) {
            case CAPABILITY -> List.of(target.code());
            case SERVICE -> universe.providers(target.code());
        };
        return codes.stream().flatMap(code -> lock.entry(code).stream());
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
