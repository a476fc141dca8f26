package dev.apg.server.catalog;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Published inside the node when a tenant's snapshot was replaced. Listeners run on the feed's thread and must be quick.
 *
 * @param changed codes of the capabilities that may differ from the snapshot before; empty: any of them
 */
public record SnapshotAdvanced(UUID tenantId, Snapshot snapshot, Optional<Set<String>> changed) {}
