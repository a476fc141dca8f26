package dev.apg.server.event;

import java.util.UUID;

/**
 * Published inside the node when the feed learns that somebody of a tenant lost access, on whichever node that happened: what
 * is kept in memory about the tenant's callers no longer holds. Listeners run on the feed's thread and must be quick.
 */
public record AccessTaken(UUID tenantId) {}
