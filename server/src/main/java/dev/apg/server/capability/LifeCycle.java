package dev.apg.server.capability;

import static dev.apg.contract.capability.Status.ACTIVE;
import static dev.apg.contract.capability.Status.DEPRECATED;
import static dev.apg.contract.capability.Status.DISCOVERED;
import static dev.apg.contract.capability.Status.REGISTERED;
import static dev.apg.contract.capability.Status.RETIRED;
import static dev.apg.contract.capability.Status.VALIDATED;

import dev.apg.contract.capability.Status;
import dev.apg.contract.capability.VersionState;
import dev.apg.server.web.Rejection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which status may follow which, and which state of a version which; docs/publishing.md draws both. */
public final class LifeCycle {
    private LifeCycle() {}

    /** The statuses that somebody may set by hand. */
    static Set<Status> following(Status status) {
        return switch (status) {
            case DISCOVERED -> EnumSet.of(REGISTERED, RETIRED);
            case REGISTERED -> EnumSet.of(VALIDATED, RETIRED);
            case VALIDATED -> EnumSet.of(ACTIVE, DEPRECATED, RETIRED);
            case ACTIVE -> EnumSet.of(DEPRECATED);
            case DEPRECATED -> EnumSet.of(ACTIVE, RETIRED);
            case RETIRED -> EnumSet.of(DEPRECATED);
        };
    }

    /** Whether the status claims that there is a version that can be used. */
    static boolean needsVersion(Status status) {
        return switch (status) {
            case VALIDATED, ACTIVE -> true;
            case DISCOVERED, REGISTERED, DEPRECATED, RETIRED -> false;
        };
    }

    /**
     * What publishing makes of the status: a version that passed all checks validates its capability, and the first
     * release, which is no pre-release, makes it active. What somebody decided by hand stays.
     */
    static Status afterPublishing(Status status, boolean prerelease) {
        return switch (status) {
            case DISCOVERED, REGISTERED -> prerelease ? VALIDATED : ACTIVE;
            case VALIDATED -> prerelease ? VALIDATED : ACTIVE;
            case ACTIVE, DEPRECATED, RETIRED -> status;
        };
    }

    /** The states that a version may be put into. */
    static Set<VersionState> following(VersionState state) {
        return switch (state) {
            case PENDING -> EnumSet.of(VersionState.PURGED);
            case PUBLISHED, DEPRECATED, YANKED -> {
                Set<VersionState> others = EnumSet.of(
                        VersionState.PUBLISHED, VersionState.DEPRECATED, VersionState.YANKED, VersionState.PURGED);
                others.remove(state);
                yield others;
            }
            case PURGED -> EnumSet.noneOf(VersionState.class);
        };
    }

    /**
     * Staying in a state is no change, except that nothing is done to a purged version.
     *
     * @throws Rejection 409 {@code version.transition}
     */
    public static void requireAllowed(VersionState from, VersionState to) {
        boolean stays = from == to && from != VersionState.PURGED;
        if (!stays && !following(from).contains(to)) {
            String expected = expected(from);
            throw Rejection.conflict(
                    "version.transition",
                    "state: %s (expected: %s)".formatted(to.wire(), expected),
                    List.of(Rejection.at("state", to.wire(), expected, "version.transition")));
        }
    }

    /** Which states may follow, in words. */
    static String expected(VersionState from) {
        Set<VersionState> allowed = following(from);
        return allowed.isEmpty()
                ? "nothing, as the version is %s for ever".formatted(from.wire())
                : "%s, as the version is %s"
                        .formatted(
                                allowed.stream()
                                        .map(VersionState::wire)
                                        .sorted()
                                        .collect(Collectors.joining(" or ")),
                                from.wire());
    }

    /** The event that tells of a version's new state. */
    static String event(VersionState state) {
        return switch (state) {
            case PENDING -> "version.submitted";
            case PUBLISHED -> "version.restored";
            case DEPRECATED -> "version.deprecated";
            case YANKED -> "version.yanked";
            case PURGED -> "version.purged";
        };
    }
}
