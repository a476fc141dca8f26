package dev.apg.server.catalog;

/**
 * A snapshot as it is kept on disk.
 *
 * @param mark tells the event at the snapshot's cursor from every other: a file next to another database, or to one that
 *     was restored, is not taken for its own
 */
record Checkpoint(Snapshot snapshot, String mark) {}
