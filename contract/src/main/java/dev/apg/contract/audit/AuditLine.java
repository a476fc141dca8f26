package dev.apg.contract.audit;

import org.jspecify.annotations.Nullable;

/**
 * A line of an export: entries in the order of the chain, each group followed by the seal that holds it; entries that are not
 * sealed yet come last. Exactly one of the three is there.
 *
 * @param anchor in the first line, if the beginning of the chain was removed when its time was over: the last link of that
 */
public record AuditLine(
        @Nullable AuditEntry entry,
        @Nullable AuditSeal seal,
        @Nullable AuditSeal anchor) {}
