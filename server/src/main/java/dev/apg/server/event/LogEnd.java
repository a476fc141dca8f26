package dev.apg.server.event;

import dev.apg.server.tenancy.Cursor;

/**
 * Where a tenant's log ends.
 *
 * @param cursor of its last event
 * @param accessSeq number of the last event that took access away from somebody; 0 if there was none
 */
public record LogEnd(Cursor cursor, long accessSeq) {}
