package dev.apg.contract.audit;

import java.time.Instant;

/**
 * A link of the chain: what it holds can neither be changed nor taken out without breaking it and every later one. {@link
 * AuditChain} says how the hash is made.
 *
 * @param number from 1 on, without a gap
 * @param previous hash of the link before; for the first, {@link AuditChain#START}
 * @param sealedAt in microseconds
 * @param entries how many entries it seals
 */
public record AuditSeal(long number, String previous, String hash, Instant sealedAt, int entries) {}
