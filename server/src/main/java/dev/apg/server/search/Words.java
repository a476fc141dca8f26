package dev.apg.server.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * What a word is: runs of letters and digits, cut where the case changes ({@code CartService}), in lower case, without
 * accents. A plural is its singular, except where prefixes are matched.
 */
final class Words {
    /** Longer prefixes than this are words of their own. */
    static final int LONGEST_PREFIX = 20;

    private static final int PARTS = WordDelimiterGraphFilter.GENERATE_WORD_PARTS
            | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
            | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE;

    /** Of documents: a compound is found by its parts and as a whole. */
    static final Analyzer STEMMED =
            analyzer(PARTS | WordDelimiterGraphFilter.PRESERVE_ORIGINAL, EnglishMinimalStemFilter::new);

    /** Of documents: every beginning of every word. */
    static final Analyzer PREFIXES = analyzer(
            PARTS | WordDelimiterGraphFilter.PRESERVE_ORIGINAL,
            words -> new EdgeNGramTokenFilter(words, 1, LONGEST_PREFIX, true));

    /** Of queries, and for looking where a word is. */
    private static final Analyzer PLAIN = analyzer(PARTS, words -> words);

    private static final Analyzer STEMS = analyzer(PARTS, EnglishMinimalStemFilter::new);

    private Words() {}

    private interface Filter {
        TokenStream over(TokenStream words);
    }

    private static Analyzer analyzer(int parts, Filter last) {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer tokenizer = new StandardTokenizer();
                TokenStream words = new WordDelimiterGraphFilter(tokenizer, parts, null);
                words = new ASCIIFoldingFilter(new LowerCaseFilter(words));
                return new TokenStreamComponents(tokenizer, last.over(words));
            }
        };
    }

    /**
     * A word in a text.
     *
     * @param plain as it is
     * @param stem as a singular
     * @param start first position in the text, in UTF-16 units
     * @param end after its last position
     */
    record Word(String plain, String stem, int start, int end) {}

    /** The words of a text, in order. */
    static List<Word> of(String text) {
        List<Word> plain = read(PLAIN, text);
        List<Word> stems = read(STEMS, text);
        List<Word> words = new ArrayList<>(plain.size());
        for (int i = 0; i < plain.size(); i++) {
            Word word = plain.get(i);
            words.add(new Word(word.plain(), stems.get(i).plain(), word.start(), word.end()));
        }
        return words;
    }

    private static List<Word> read(Analyzer analyzer, String text) {
        List<Word> words = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("", text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            var offset = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(new Word(term.toString(), "", offset.startOffset(), offset.endOffset()));
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
