package dev.apg.server.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BoostAttribute;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * How a word of a query is understood: as itself, as the beginning of other words, and only if the catalogue knows it as
 * neither, as a typing error.
 *
 * @param longer words of the catalogue that begin with it, if they are not too many
 * @param corrections stems of words of the catalogue that are like it; likeliest first
 * @param spelled the same as people know them
 */
record Expansion(Words.Word word, List<String> longer, List<String> corrections, List<String> spelled) {
    private static final int MOST_LONGER = 32;
    private static final int MOST_CORRECTIONS = 8;

    /** Shorter words begin too many others, and are like too many others. */
    private static final int SHORTEST = 3;

    private static final int TWO_ERRORS_FROM = 6;

    Expansion {
        longer = List.copyOf(longer);
        corrections = List.copyOf(corrections);
        spelled = List.copyOf(spelled);
    }

    static Expansion of(IndexReader reader, Words.Word word) throws IOException {
        boolean known = reader.docFreq(new Term(IndexedCapability.ALL, word.stem())) > 0
                || reader.docFreq(new Term(IndexedCapability.PREFIX, word.plain())) > 0;
        boolean shortWord = word.plain().length() < SHORTEST;
        List<String> longer = shortWord ? List.of() : longer(reader, word.plain());
        if (known || shortWord || !longer.isEmpty()) {
            return new Expansion(word, longer, List.of(), List.of());
        }
        List<String> corrections = corrections(reader, word.stem());
        List<String> spelled = new ArrayList<>(corrections.size());
        for (String stem : corrections) {
            spelled.add(spelled(reader, stem));
        }
        return new Expansion(word, List.of(), corrections, spelled);
    }

    private static List<String> longer(IndexReader reader, String beginning) throws IOException {
        var start = new BytesRef(beginning);
        List<String> found = new ArrayList<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            Terms terms = leaf.reader().terms(IndexedCapability.ALL);
            TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
            if (each.seekCeil(start) == TermsEnum.SeekStatus.END) {
                continue;
            }
            for (BytesRef term = each.term();
                    term != null && StringHelper.startsWith(term, start);
                    term = each.next()) {
                String text = term.utf8ToString();
                if (!found.contains(text)) {
                    found.add(text);
                }
                if (found.size() > MOST_LONGER) {
                    return List.of();
                }
            }
        }
        return found;
    }

    /**
     * A stem as some name spells it. The beginnings of words tell: where each that goes so far goes on with the letters
     * that a plural has, those belong to the word ({@code postgre}, {@code postgres}).
     */
    private static String spelled(IndexReader reader, String stem) throws IOException {
        int documents = beginning(reader, stem);
        if (documents > 0) {
            return beginning(reader, stem + "s") == documents ? stem + "s" : stem;
        }
        String plural = stem.replaceFirst("y$", "ies");
        return beginning(reader, plural) > 0 ? plural : stem;
    }

    private static int beginning(IndexReader reader, String beginning) throws IOException {
        return reader.docFreq(new Term(IndexedCapability.PREFIX, beginning));
    }

    private record Like(String term, float likeness, int documents) {}

    private static List<String> corrections(IndexReader reader, String word) throws IOException {
        int errors = word.length() < TWO_ERRORS_FROM ? 1 : 2;
        List<String> found = like(reader, word, errors, 1);
        // A wrong first letter is rarer and makes the whole dictionary worth looking at.
        return found.isEmpty() ? like(reader, word, 1, 0) : found;
    }

    private static List<String> like(IndexReader reader, String word, int errors, int sameLetters) throws IOException {
        var term = new Term(IndexedCapability.ALL, word);
        Map<String, Like> found = new HashMap<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            Terms terms = leaf.reader().terms(IndexedCapability.ALL);
            if (terms == null) {
                continue;
            }
            var each = new FuzzyTermsEnum(terms, term, errors, sameLetters, true);
            var likeness = each.attributes().addAttribute(BoostAttribute.class);
            for (BytesRef next = each.next(); next != null; next = each.next()) {
                String text = next.utf8ToString();
                found.merge(
                        text,
                        new Like(text, likeness.getBoost(), each.docFreq()),
                        (a, b) -> new Like(text, a.likeness(), a.documents() + b.documents()));
            }
        }
        return found.values().stream()
                .sorted(Comparator.comparingDouble((Like like) -> -like.likeness())
                        .thenComparing(Comparator.comparingInt(Like::documents).reversed())
                        .thenComparing(Like::term))
                .limit(MOST_CORRECTIONS)
                .map(Like::term)
                .toList();
    }
}
