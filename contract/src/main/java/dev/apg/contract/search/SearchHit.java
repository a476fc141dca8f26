package dev.apg.contract.search;

import dev.apg.contract.catalog.CapabilitySummary;
import java.util.List;

/**
 * A capability that was found.
 *
 * @param score higher is better; comparable within one answer only
 * @param highlights where the words were found; empty for an empty query
 */
public record SearchHit(CapabilitySummary capability, double score, List<Highlight> highlights) {
    public SearchHit {
        highlights = List.copyOf(highlights);
    }

    /**
     * Where words were found in a field. Plain text and positions, so that whoever shows it escapes it as always.
     *
     * @param field {@code display_name}, {@code code}, {@code tags}, {@code keywords}, {@code services}, {@code description}
     * @param text the field's value, or a piece of a long one
     */
    public record Highlight(String field, String text, List<Mark> marks) {
        public Highlight {
            marks = List.copyOf(marks);
        }
    }

    /** A piece of the text, in UTF-16 units: first inclusive, end exclusive. */
    public record Mark(int start, int end) {}
}
