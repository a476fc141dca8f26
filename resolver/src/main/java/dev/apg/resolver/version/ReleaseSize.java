package dev.apg.resolver.version;

/** How far apart two versions are: which of their numbers is the first that differs. */
public enum ReleaseSize {
    /** The patch number, or a pre-release only. */
    PATCH,
    MINOR,
    MAJOR;

    public static ReleaseSize between(SemVer from, SemVer to) {
        if (from.major() != to.major()) {
            return MAJOR;
        }
        return from.minor() == to.minor() ? PATCH : MINOR;
    }
}
