package dev.apg.server.composition;

import dev.apg.contract.capability.VersionState;
import dev.apg.contract.composition.Policy;
import dev.apg.resolver.Mark;
import dev.apg.server.catalog.VersionEntry;
import java.util.Optional;

/**
 * How a version stands that is not published like any other.
 *
 * @param reason that was given, if any was
 */
record Standing(VersionState state, Optional<String> reason) {
    private static final String BEFORE_REASON = ": ";

    static Standing of(VersionEntry version) {
        return new Standing(
                version.state(),
                Optional.ofNullable(version.stateReason()).map(String::strip).filter(reason -> !reason.isEmpty()));
    }

    /** What {@link #words} wrote. */
    static Standing read(String words) {
        String[] parts = words.split(BEFORE_REASON, 2);
        return new Standing(VersionState.of(parts[0]), parts.length == 1 ? Optional.empty() : Optional.of(parts[1]));
    }

    /** {@code yanked: CVE-2026-1}. */
    String words() {
        return state.wire() + reason.map(BEFORE_REASON::concat).orElse("");
    }

    /** Whether this is why a version has a mark. */
    boolean gives(Mark mark) {
        return mark().filter(mark::equals).isPresent();
    }

    /** Whether a policy does not let such a version be kept. */
    boolean isRefusedBy(Policy policy) {
        return mark().map(mark -> !ResolverRequests.accepts(policy, mark)).orElse(state == VersionState.PURGED);
    }

    private Optional<Mark> mark() {
        return switch (state) {
            case PENDING -> Optional.of(Mark.UNAPPROVED);
            case DEPRECATED -> Optional.of(Mark.DEPRECATED);
            case YANKED -> Optional.of(Mark.YANKED);
            case PUBLISHED, PURGED -> Optional.empty();
        };
    }
}
