package dev.apg.server.composition;

import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Requirement;
import dev.apg.resolver.Strength;
import dev.apg.resolver.Target;
import dev.apg.resolver.Universe;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.List;

/** What the versions of locks say that they need; of a purged one nothing is known. */
record StatedNeeds(Universe universe) {
    static final StatedNeeds UNKNOWN = new StatedNeeds(Universe.empty());

    /** Whether a requirement of an entry is known to bring in what it names. */
    boolean bringsIn(LockEntry consumer, String requirement) {
        return requirements(consumer).stream()
                .filter(each -> each.name().equals(requirement))
                .anyMatch(each -> each.strength() == Strength.REQUIRED || each.strength() == Strength.RECOMMENDED);
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

    private List<Requirement> requirements(LockEntry consumer) {
        var version = new ExactVersion(consumer.capability(), SemVer.parse(consumer.version()));
        return universe.version(version).map(each -> each.requirements()).orElse(List.of());
    }

    private static boolean isAbout(Target target, String code) {
        return target.kind() == Target.Kind.CAPABILITY && target.code().equals(code);
    }
}
