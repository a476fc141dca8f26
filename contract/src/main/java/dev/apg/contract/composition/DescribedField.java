package dev.apg.contract.composition;

/**
 * A describing field of a composition that a request changed.
 *
 * @param field {@code display_name}, {@code description}, {@code type} or {@code owner}
 * @param from what it was
 * @param to what it is now
 */
public record DescribedField(String field, String from, String to) {}
