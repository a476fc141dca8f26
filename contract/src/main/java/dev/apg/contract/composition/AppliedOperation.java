package dev.apg.contract.composition;

import java.time.Instant;

/**
 * An operation of a draft's history.
 *
 * @param number its place, from 1, without gaps
 * @param actor who applied it
 */
public record AppliedOperation(long number, DraftOperation operation, String actor, Instant at) {}
