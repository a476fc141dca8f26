package dev.apg.server.event;

import java.util.UUID;

/**
 * Published inside the node when what somebody of a tenant may do became another, by a write of this node or, as the feed learns,
 * of any other: what is kept in memory about the tenant's callers no longer holds. Listeners must be quick: they run before
 * the answer, or on the feed's thread.
 */
public record AccessTaken(UUID tenantId) {}
