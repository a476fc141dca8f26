package dev.apg.contract.catalog;

import dev.apg.contract.capability.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A capability in a list.
 *
 * @param newest number of the version that stands for it: the newest published release, or what comes nearest to that;
 *     absent if it has none
 * @param versionCount purged ones included
 */
public record CapabilitySummary(
        UUID id,
        String code,
        String displayName,
        String category,
        String subcategory,
        String owner,
        List<String> tags,
        Status status,
        Instant updatedAt,
        @Nullable String newest,
        int versionCount) {
    public CapabilitySummary {
        tags = List.copyOf(tags);
    }
}
