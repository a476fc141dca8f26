package dev.apg.contract.tenant;

/**
 * What a tenant has.
 *
 * @param versions purged ones included: their numbers are kept
 * @param storedBytes of the documents of versions, the bundles of revisions, drafts with their kept operations, and the descriptions
 *     of services
 */
public record Usage(long capabilities, long versions, long compositions, long storedBytes) {}
