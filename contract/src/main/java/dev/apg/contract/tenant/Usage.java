package dev.apg.contract.tenant;

/**
 * What a tenant has.
 *
 * @param versions purged ones included: their numbers are kept
 * @param storedBytes of the documents of versions and of the bundles of revisions
 */
public record Usage(long capabilities, long versions, long compositions, long storedBytes) {}
