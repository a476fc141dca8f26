package dev.apg.server.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Makes queries of understood words. What matches is decided on one field that has every word; the single fields only
 * score, which keeps counting cheap.
 */
final class WordQuery {
    /** A beginning of a word, or a word that is like it, counts this much of the word itself in a heavy field. */
    private static final float PREFIX_WEIGHT = 3f;

    private static final float LONGER_WEIGHT = 0.5f;
    private static final float CORRECTION_WEIGHT = 0.5f;
    private static final float SAME_CODE_WEIGHT = 1_000f;

    /** Of several fields the best counts, the others a little. */
    private static final float OTHER_FIELDS = 0.1f;

    private WordQuery() {}

    /** What has all the words, or any of them; everything if there are no words. */
    static Query matching(List<Expansion> words, Occur each) {
        if (words.isEmpty()) {
            return MatchAllDocsQuery.INSTANCE;
        }
        var query = new BooleanQuery.Builder();
        words.forEach(word -> query.add(matching(word), each));
        return query.build();
    }

    private static Query matching(Expansion word) {
        var query = new BooleanQuery.Builder();
        if (word.corrections().isEmpty()) {
            query.add(term(IndexedCapability.ALL, word.word().stem()), Occur.SHOULD);
            query.add(term(IndexedCapability.PREFIX, word.word().plain()), Occur.SHOULD);
        }
        word.longer().forEach(longer -> query.add(term(IndexedCapability.ALL, longer), Occur.SHOULD));
        word.corrections().forEach(other -> query.add(term(IndexedCapability.ALL, other), Occur.SHOULD));
        return query.build();
    }

    /** The same with scores, narrowed by the selections. */
    static Query scoring(List<Expansion> words, Occur each, String text, Map<Facet, Set<String>> selections) {
        var query = new BooleanQuery.Builder();
        query.add(matching(words, each), Occur.FILTER);
        selections.forEach((facet, values) -> {
            if (!values.isEmpty()) {
                query.add(in(facet, values), Occur.FILTER);
            }
        });
        words.forEach(word -> query.add(scoring(word), Occur.SHOULD));
        query.add(
                new BoostQuery(new ConstantScoreQuery(term(IndexedCapability.CODE, text)), SAME_CODE_WEIGHT),
                Occur.SHOULD);
        return query.build();
    }

    private static Query scoring(Expansion word) {
        List<Query> ways = new ArrayList<>();
        for (Field field : Field.values()) {
            if (word.corrections().isEmpty()) {
                ways.add(new BoostQuery(term(field.indexed(), word.word().stem()), field.weight()));
            }
            for (String other : word.corrections()) {
                ways.add(new BoostQuery(term(field.indexed(), other), field.weight() * CORRECTION_WEIGHT));
            }
        }
        ways.add(constant(IndexedCapability.PREFIX, List.of(word.word().plain()), PREFIX_WEIGHT));
        if (!word.longer().isEmpty()) {
            ways.add(constant(IndexedCapability.ALL, word.longer(), LONGER_WEIGHT));
        }
        return new DisjunctionMaxQuery(ways, OTHER_FIELDS);
    }

    private static Query constant(String field, Collection<String> terms, float weight) {
        return new BoostQuery(new ConstantScoreQuery(in(field, terms)), weight);
    }

    private static Query in(Facet facet, Collection<String> values) {
        return in(facet.wire(), values);
    }

    private static Query in(String field, Collection<String> values) {
        return values.size() == 1
                ? term(field, values.iterator().next())
                : new TermInSetQuery(field, values.stream().map(BytesRef::new).toList());
    }

    private static Query term(String field, String text) {
        return new TermQuery(new Term(field, text));
    }
}
