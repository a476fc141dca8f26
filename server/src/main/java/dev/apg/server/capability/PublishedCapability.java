package dev.apg.server.capability;

import dev.apg.contract.capability.About;
import dev.apg.contract.capability.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A capability with all its versions, as a snapshot takes them.
 *
 * @param edition counts the changes of the describing fields, status and owner; its entity tag
 * @param versions in no particular order; purged ones among them
 */
public record PublishedCapability(
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
        Instant updatedAt,
        List<PublishedVersion> versions) {

    private static final About SAME = new About(null, null, null, null, null, null, null);

    public PublishedCapability {
        tags = List.copyOf(tags);
        keywords = List.copyOf(keywords);
        versions = List.copyOf(versions);
    }

    /** With these describing fields; what they leave out stays. */
    PublishedCapability with(About about) {
        return copy(about, status, versions);
    }

    PublishedCapability with(Status other) {
        return copy(SAME, other, versions);
    }

    PublishedCapability withVersions(List<PublishedVersion> all) {
        return copy(SAME, status, all);
    }

    private PublishedCapability copy(About about, Status newStatus, List<PublishedVersion> newVersions) {
        return new PublishedCapability(
                id,
                code,
                orElse(about.displayName(), displayName),
                orElse(about.description(), description),
                orElse(about.category(), category),
                orElse(about.subcategory(), subcategory),
                orElse(about.owner(), owner),
                orElse(about.tags(), tags),
                orElse(about.keywords(), keywords),
                newStatus,
                edition,
                createdAt,
                updatedAt,
                newVersions);
    }

    private static <T> T orElse(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
