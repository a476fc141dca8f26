package dev.apg.server.catalog;

import dev.apg.contract.capability.Status;
import dev.apg.contract.capability.VersionState;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.platform.NearVersions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A capability in the snapshot; immutable. What it needs and provides is in the snapshot's universe. */
public final class CapabilityEntry {
    private final UUID id;
    private final String code;
    private final String displayName;
    private final String category;
    private final String subcategory;
    private final String owner;
    private final List<String> tags;
    private final Status status;
    private final long edition;
    private final long createdAt;
    private final long updatedAt;
    private final @Nullable CapabilityText text;
    private final VersionTable versions;

    CapabilityEntry(
            UUID id,
            String code,
            String displayName,
            String category,
            String subcategory,
            String owner,
            List<String> tags,
            Status status,
            long edition,
            long createdAtMicros,
            long updatedAtMicros,
            @Nullable CapabilityText text,
            VersionTable versions) {
        this.id = id;
        this.code = code;
        this.displayName = displayName;
        this.category = category;
        this.subcategory = subcategory;
        this.owner = owner;
        this.tags = List.copyOf(tags);
        this.status = status;
        this.edition = edition;
        this.createdAt = createdAtMicros;
        this.updatedAt = updatedAtMicros;
        this.text = text;
        this.versions = versions;
    }

    public UUID id() {
        return id;
    }

    public String code() {
        return code;
    }

    public String displayName() {
        return displayName;
    }

    /** Empty if it has none. */
    public String category() {
        return category;
    }

    /** Empty if it has none. */
    public String subcategory() {
        return subcategory;
    }

    /** Empty if it has none. */
    public String owner() {
        return owner;
    }

    public List<String> tags() {
        return tags;
    }

    public Status status() {
        return status;
    }

    /** Counts the changes of the describing fields, status and owner; its entity tag. */
    public long edition() {
        return edition;
    }

    public Instant createdAt() {
        return Micros.instant(createdAt);
    }

    public Instant updatedAt() {
        return Micros.instant(updatedAt);
    }

    long createdAtMicros() {
        return createdAt;
    }

    long updatedAtMicros() {
        return updatedAt;
    }

    /** Description and keywords if they are short enough to be held; else {@link Catalog#text} reads them. */
    Optional<CapabilityText> text() {
        return Optional.ofNullable(text);
    }

    /** Ascending by number, purged ones included. */
    public List<VersionEntry> versions() {
        return versions;
    }

    /** The version of a number, whatever its state; O(log versions). */
    public Optional<VersionEntry> version(SemVer number) {
        int at = versions.find(number);
        return at < 0 ? Optional.empty() : Optional.of(versions.get(at));
    }

    /** What is expected where a number is that no version has; linear in the versions. */
    public String expectedVersion(SemVer wanted) {
        return NearVersions.expected(
                code,
                wanted,
                versions.stream()
                        .filter(version -> version.state() != VersionState.PURGED)
                        .map(VersionEntry::number)
                        .toList());
    }

    /**
     * The version that stands for the capability where only one is shown: the newest published release; without one the
     * newest that is at least not purged, releases before pre-releases.
     */
    public Optional<VersionEntry> newest() {
        int best = -1;
        int bestRank = Integer.MAX_VALUE;
        for (int i = versions.size() - 1; i >= 0 && bestRank > 0; i--) {
            int rank = rank(versions.state(i)) * 2 + (versions.number(i).isPrerelease() ? 1 : 0);
            if (rank < bestRank && versions.state(i) != VersionState.PURGED) {
                best = i;
                bestRank = rank;
            }
        }
        return best < 0 ? Optional.empty() : Optional.of(versions.get(best));
    }

    private static int rank(VersionState state) {
        return switch (state) {
            case PUBLISHED -> 0;
            case DEPRECATED -> 1;
            case PENDING -> 2;
            case YANKED -> 3;
            case PURGED -> 4;
        };
    }

    VersionTable table() {
        return versions;
    }

    @Override
    public String toString() {
        return code;
    }
}
