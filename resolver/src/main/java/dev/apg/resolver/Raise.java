package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;

/** One part of a request that is said otherwise, so that a newer version may be chosen. */
public sealed interface Raise {
    /** Ask for a root in another range. */
    record Range(Root root, VersionRange range) implements Raise {}

    record Pin(String code, SemVer from, SemVer to) implements Raise {}
}
