package dev.apg.server.event;

import dev.apg.server.tenancy.Cursor;

/**
 * What a read found.
 *
 * @param cursor of what it used; the lowest if that is of several moments
 */
public record Answered<T>(T value, Cursor cursor) {}
