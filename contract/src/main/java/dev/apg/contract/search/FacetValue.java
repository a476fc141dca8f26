package dev.apg.contract.search;

/**
 * A value to narrow a search by.
 *
 * @param count results that have it, under all filters but those of the same facet
 * @param selected whether the search is narrowed by it already
 */
public record FacetValue(String value, long count, boolean selected) {}
