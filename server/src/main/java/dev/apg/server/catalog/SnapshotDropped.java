package dev.apg.server.catalog;

import java.util.UUID;

/** Published inside the node when it has let the snapshot of a tenant go that is no more; none of it is told of afterwards. */
public record SnapshotDropped(UUID tenantId) {}
