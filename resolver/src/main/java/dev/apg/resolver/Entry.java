package dev.apg.resolver;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One chosen version.
 *
 * @param reason the chain of needs from the request to this version: the first link is {@link Link.Asked}.
 *     Its first and its last link are found in constant time, the others in time proportional to their distance from the last
 * @param marks what the version is marked with, for example {@link Mark#DEPRECATED}
 * @param heldBack what keeps the newest version of this capability out; null if this is the newest
 */
public record Entry(
        ExactVersion version,
        List<Link> reason,
        Set<Mark> marks,
        @Nullable HeldBack heldBack) {
    public Entry {
        Objects.requireNonNull(version, "version");
        reason = reason instanceof Chain ? reason : List.copyOf(reason);
        marks = Set.copyOf(marks);
    }
}
