package dev.apg.resolver.version;

/** Which pre-releases a range admits. */
public enum PrereleaseRule {
    /**
     * npm's rule, for requirements: a pre-release is admitted only if a comparator of the range names a pre-release of
     * the same major, minor and patch. {@code ^1.2.0-rc.1} admits {@code 1.2.0-rc.2}, but not {@code 1.3.0-rc.1}.
     */
    NPM,

    /**
     * Pre-releases count like any other version, for conflicts and where a policy allows pre-releases. As in npm, a
     * partial version then includes the pre-releases of its lower end: {@code 1.2} admits {@code 1.2.0-rc.1}.
     */
    INCLUDE
}
