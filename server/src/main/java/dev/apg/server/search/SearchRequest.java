package dev.apg.server.search;

import dev.apg.contract.capability.Status;
import dev.apg.server.web.Filters;
import dev.apg.server.web.Rejection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for.
 *
 * @param text as it was typed, without blanks around it
 * @param words of the text; later ones than the first twelve are not used
 * @param selections by facet; of one facet any value will do
 */
record SearchRequest(String text, List<Words.Word> words, Map<Facet, Set<String>> selections) {
    private static final int LONGEST_TEXT = 200;
    private static final int MOST_WORDS = 12;

    SearchRequest {
        words = List.copyOf(words);
    }

    static SearchRequest parse(@Nullable String q, Filters filters) {
        String text = q == null ? "" : q.strip();
        if (text.length() > LONGEST_TEXT) {
            throw Rejection.malformed("search.too_long", "q", text, "at most %d characters".formatted(LONGEST_TEXT));
        }
        Map<Facet, Set<String>> selections = new EnumMap<>(Facet.class);
        selections.put(Facet.CATEGORY, filters.texts("category"));
        selections.put(Facet.TAG, filters.texts("tag"));
        selections.put(Facet.OWNER, filters.texts("owner"));
        Set<String> statuses = new TreeSet<>();
        filters.choices("status", Status.class).forEach(status -> statuses.add(status.wire()));
        selections.put(Facet.STATUS, statuses);
        return new SearchRequest(text, Words.of(text).stream().limit(MOST_WORDS).toList(), selections);
    }

    /** As a code would be written. */
    String asCode() {
        return text.toLowerCase(Locale.ROOT);
    }

    String scope() {
        return "search " + text + " " + selections;
    }
}
