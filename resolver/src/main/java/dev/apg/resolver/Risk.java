package dev.apg.resolver;

import dev.apg.resolver.version.ReleaseSize;
import dev.apg.resolver.version.SemVer;

/** What a move may break, the least first. */
enum Risk {
    PATCH,
    MINOR,
    /** A minor release while the major number is 0, which may break what a major one may. */
    EARLY_MINOR,
    /** A major release, or another capability in the place of one. */
    MAJOR;

    static Risk of(SemVer from, SemVer to) {
        return switch (ReleaseSize.between(from, to)) {
            case PATCH -> PATCH;
            case MINOR -> to.major() == 0 ? EARLY_MINOR : MINOR;
            case MAJOR -> MAJOR;
        };
    }

    ReleaseSize size() {
        return switch (this) {
            case PATCH -> ReleaseSize.PATCH;
            case MINOR, EARLY_MINOR -> ReleaseSize.MINOR;
            case MAJOR -> ReleaseSize.MAJOR;
        };
    }
}
