package dev.apg.server.composition;

import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Explanation;
import dev.apg.resolver.Target;
import dev.apg.resolver.version.PrereleaseRule;

/** Pre-releases whose numbers look as if a range admitted them. */
public final class HiddenPrereleases {
    private static final String WORDS =
            " It is a pre-release: only a range that names one takes it, or a policy that accepts them.";

    private HiddenPrereleases() {}

    /** What is to be said of a version that cannot be chosen: a sentence with a space before it, or nothing. */
    public static String words(Explanation explanation, ExactVersion version) {
        return isHidden(explanation, version) ? WORDS : "";
    }

    /** Whether a range would take the version if it were no pre-release. */
    private static boolean isHidden(Explanation explanation, ExactVersion version) {
        return version.number().isPrerelease()
                && explanation.core().stream()
                        .flatMap(fact -> fact.needed().stream())
                        .filter(target -> target.kind() == Target.Kind.CAPABILITY
                                && target.code().equals(version.code()))
                        .map(Target::range)
                        .anyMatch(range -> range.admits(version.number(), PrereleaseRule.INCLUDE)
                                && !range.admits(version.number(), PrereleaseRule.NPM));
    }
}
