package dev.apg.bench.catalogue;

import dev.apg.resolver.Requirement;
import dev.apg.resolver.Strength;
import dev.apg.resolver.Target;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.List;

/**
 * What a capability needs throughout its life. The range moves up from time to time, as somebody raises a dependency:
 * release by release the lower bound follows the target's own releases, some behind.
 *
 * @param firstRelease the release of the consumer that needs it first
 * @param raisedEvery after how many releases of the consumer the bound moves
 * @param behind how many releases of the target it then stays behind
 */
record Need(Strength strength, List<Candidate> anyOf, Style style, int firstRelease, int raisedEvery, int behind) {
    /** A capability with its releases, or a service with the versions that its providers offer. */
    record Candidate(Target.Kind kind, int index, List<SemVer> releases) {
        String code() {
            return switch (kind) {
                case CAPABILITY -> Words.code(index);
                case SERVICE -> Words.service(index);
            };
        }
    }

    /** How the range is written. */
    enum Style {
        CARET,
        AT_LEAST,
        TILDE,
        MAJOR
    }

    static Style style(Dice dice) {
        int chance = dice.below(1_000);
        if (chance < 650) {
            return Style.CARET;
        }
        // With one version of each for all, a popular capability with a narrow user among hundreds is never new.
        return chance < 960 ? Style.AT_LEAST : chance < 963 ? Style.TILDE : Style.MAJOR;
    }

    boolean isOf(int release) {
        return release >= firstRelease;
    }

    /** The requirement as a release of the consumer states it; its first release admits the target's first. */
    Requirement at(int release) {
        int raised = Math.max(0, release / raisedEvery * raisedEvery - behind);
        List<Target> targets = anyOf.stream()
                .map(candidate -> new Target(
                        candidate.kind(),
                        candidate.code(),
                        range(candidate.releases().get(raised))))
                .toList();
        return new Requirement(targets.getFirst().code(), strength, targets);
    }

    private VersionRange range(SemVer from) {
        return VersionRange.parse(
                switch (style) {
                    case CARET -> "^" + from;
                    case AT_LEAST -> ">=" + from;
                    case TILDE -> "~" + from;
                    // "1.x" leaves out a pre-release that "^1.2.0-rc.1" names.
                    case MAJOR -> from.isPrerelease() ? "^" + from : from.major() + ".x";
                });
    }
}
