package dev.apg.contract.catalog;

import dev.apg.contract.capability.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A capability with all that describes it. Its versions are a list of their own, so that the entity tag, the edition,
 * covers everything in here.
 *
 * @param edition counts the changes; the ETag
 */
public record CapabilityDetail(
        UUID id,
        String code,
        String displayName,
        String description,
        String category,
        String subcategory,
        String owner,
        List<String> tags,
        List<String> keywords,
        Status status,
        long edition,
        Instant createdAt,
        Instant updatedAt) {
    public CapabilityDetail {
        tags = List.copyOf(tags);
        keywords = List.copyOf(keywords);
    }
}
