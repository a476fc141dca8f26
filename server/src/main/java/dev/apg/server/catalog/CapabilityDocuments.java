package dev.apg.server.catalog;

import dev.apg.contract.catalog.CapabilityDetail;
import dev.apg.contract.catalog.CapabilitySummary;
import dev.apg.contract.catalog.VersionSummary;

/** Entries of the snapshot as they travel. */
public final class CapabilityDocuments {
    private CapabilityDocuments() {}

    /** As an item of a list. */
    public static CapabilitySummary summary(CapabilityEntry entry) {
        return new CapabilitySummary(
                entry.id(),
                entry.code(),
                entry.displayName(),
                entry.category(),
                entry.subcategory(),
                entry.owner(),
                entry.tags(),
                entry.status(),
                entry.updatedAt(),
                entry.newest().map(version -> version.number().toString()).orElse(null),
                entry.versions().size());
    }

    static CapabilityDetail detail(CapabilityEntry entry, CapabilityText text) {
        return new CapabilityDetail(
                entry.id(),
                entry.code(),
                entry.displayName(),
                text.description(),
                entry.category(),
                entry.subcategory(),
                entry.owner(),
                entry.tags(),
                text.keywords(),
                entry.status(),
                entry.edition(),
                entry.createdAt(),
                entry.updatedAt());
    }

    static VersionSummary version(VersionEntry version) {
        return new VersionSummary(
                version.number().toString(),
                version.state(),
                version.stateReason(),
                version.publishedAt(),
                version.digest());
    }
}
