package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.apg.contract.composition.LockDocument.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A capability that is in one of two locks only, or in another version.
 *
 * @param from the version before; absent if it was added
 * @param to the version after; absent if it was removed
 * @param size how far apart the two are; absent if it was added or removed
 * @param reason the chain of needs that brings it in after, or before if it was removed
 * @param sentence what changed and why, for people
 */
public record VersionChange(
        Kind kind,
        String capability,
        @Nullable String from,
        @Nullable String to,
        @Nullable ReleaseSize size,
        List<Reason> reason,
        String sentence) {
    public VersionChange {
        reason = List.copyOf(reason);
    }

    /** What happened to the capability. */
    public enum Kind {
        @JsonProperty("added")
        ADDED,
        @JsonProperty("removed")
        REMOVED,
        @JsonProperty("up")
        UP,
        @JsonProperty("down")
        DOWN
    }
}
