package dev.apg.server.search;

import dev.apg.contract.search.SearchHit.Highlight;
import dev.apg.contract.search.SearchHit.Mark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the words of a query in the fields of a hit. Gives positions, never markup: nothing in a text can break out. */
final class Highlighter {
    /** A longer text is cut to about this length around its first mark. */
    private static final int LONGEST = 240;

    private static final int BEFORE_FIRST_MARK = 60;
    private static final int MOST_OF_ONE_FIELD = 5;

    private final Set<String> stems = new HashSet<>();
    private final List<String> beginnings = new ArrayList<>();

    Highlighter(List<Expansion> words) {
        for (Expansion word : words) {
            if (word.corrections().isEmpty()) {
                stems.add(word.word().stem());
                beginnings.add(word.word().plain());
            }
            stems.addAll(word.longer());
            stems.addAll(word.corrections());
        }
    }

    /** The values of a field in which a word was found. */
    List<Highlight> in(Field field, List<String> values) {
        return values.stream()
                .flatMap(value -> in(field, value).stream())
                .limit(MOST_OF_ONE_FIELD)
                .toList();
    }

    private List<Highlight> in(Field field, String text) {
        List<Mark> marks = Words.of(text).stream()
                .filter(word -> stems.contains(word.stem())
                        || (field.takesPrefixes() && beginnings.stream().anyMatch(word.plain()::startsWith)))
                .map(word -> new Mark(word.start(), word.end()))
                .toList();
        return marks.isEmpty() ? List.of() : List.of(piece(field, text, marks));
    }

    private static Highlight piece(Field field, String text, List<Mark> marks) {
        if (text.length() <= LONGEST) {
            return new Highlight(field.wire(), text, marks);
        }
        int first = marks.getFirst().start();
        int start = first <= BEFORE_FIRST_MARK ? 0 : afterBlank(text, first - BEFORE_FIRST_MARK, first);
        int end = Math.min(text.length(), start + LONGEST);
        if (end < text.length()) {
            int blank = text.lastIndexOf(' ', end);
            end = blank > marks.getFirst().end() ? blank : end;
            end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
        }
        int from = start;
        int to = end;
        return new Highlight(
                field.wire(),
                text.substring(from, to),
                marks.stream()
                        .filter(mark -> mark.start() >= from && mark.end() <= to)
                        .map(mark -> new Mark(mark.start() - from, mark.end() - from))
                        .toList());
    }

    private static int afterBlank(String text, int from, int to) {
        int blank = text.indexOf(' ', from);
        return blank >= 0 && blank < to ? blank + 1 : to;
    }
}
