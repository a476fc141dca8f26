package dev.apg.server.capability;

import dev.apg.server.event.Journal;
import dev.apg.server.tenancy.TenantContext;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Told inside the transaction that purges a version, after its document is gone and while nobody else can choose it: whoever
 * keeps something of its content listens, erases that in the same transaction, and says what it was.
 */
public final class VersionPurge {
    private final TenantContext context;
    private final Journal journal;
    private final UUID versionId;
    private final VersionKey key;
    private final String reason;
    private final List<String> bundles = new ArrayList<>();

    VersionPurge(TenantContext context, Journal journal, UUID versionId, VersionKey key, String reason) {
        this.context = context;
        this.journal = journal;
        this.versionId = versionId;
        this.key = key;
        this.reason = reason;
    }

    public TenantContext context() {
        return context;
    }

    /** Where to record what was erased. */
    public Journal journal() {
        return journal;
    }

    public UUID versionId() {
        return versionId;
    }

    public VersionKey key() {
        return key;
    }

    /** Why, as the administrator said. */
    public String reason() {
        return reason;
    }

    /** Says that the bundle of this revision, {@code code@number}, was erased; only of what whoever purges may read. */
    public void erasedBundle(String revision) {
        bundles.add(revision);
    }

    List<String> bundles() {
        return bundles;
    }
}
