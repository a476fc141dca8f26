package dev.apg.server.event;

import dev.apg.server.tenancy.Cursor;
import java.util.UUID;

/** Published inside the node right after a write was committed. */
public record CursorAdvanced(UUID tenantId, Cursor cursor) {}
