package dev.apg.server.account;

/**
 * What the database said of somebody.
 *
 * @param accessSeq number of the tenant's last event by then after which somebody may do other things than before
 */
record Judged<V>(V value, long accessSeq) {}
