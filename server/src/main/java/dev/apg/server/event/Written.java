package dev.apg.server.event;

import dev.apg.server.tenancy.Cursor;

/**
 * What a committed write gave.
 *
 * @param cursor of its last event; of the log's end if the write changed nothing
 */
public record Written<T>(T value, Cursor cursor) {}
