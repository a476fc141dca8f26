package dev.apg.contract.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found, best first.
 *
 * @param nextCursor as in every list
 * @param totalCount of all that was found
 * @param words how each word of the query was understood
 */
public record SearchAnswer(
        List<SearchHit> items, @Nullable String nextCursor, long totalCount, Facets facets, List<Word> words) {
    public SearchAnswer {
        items = List.copyOf(items);
        words = List.copyOf(words);
    }

    /** The most frequent values of each facet, at most 20 and all selected ones. */
    public record Facets(
            List<FacetValue> category, List<FacetValue> status, List<FacetValue> tag, List<FacetValue> owner) {
        public Facets {
            category = List.copyOf(category);
            status = List.copyOf(status);
            tag = List.copyOf(tag);
            owner = List.copyOf(owner);
        }
    }

    /**
     * A word of the query.
     *
     * @param corrections words of the catalogue that were taken instead, because it is in none of them; usually a typing
     *     error
     */
    public record Word(String word, List<String> corrections) {
        public Word {
            corrections = List.copyOf(corrections);
        }
    }
}
