package dev.apg.cli.output;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns, for people. */
public final class Table {
    private static final int WIDEST = 80;
    private static final int SHORT_DIGEST = "sha256:".length() + 12;

    private final List<List<String>> rows = new ArrayList<>();
    private int cut = WIDEST;

    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** Shows the last column whole, for sentences; the others are cut at 80 characters. */
    public Table lastColumnUncut() {
        cut = Integer.MAX_VALUE;
        return this;
    }

    public Table row(Object... cells) {
        var row = new ArrayList<String>();
        for (Object cell : cells) {
            boolean last = row.size() == cells.length - 1;
            Object shown = cell instanceof Instant time ? time.truncatedTo(ChronoUnit.SECONDS) : cell;
            row.add(oneLine(String.valueOf(shown), last ? cut : WIDEST));
        }
        rows.add(List.copyOf(row));
        return this;
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        var text = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** Text of others without control and direction characters: those could rewrite the terminal of whoever reads it. */
    public static String clean(String text) {
        return text.replaceAll("[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069&&[^\n]]+", " ");
    }

    private static String oneLine(String cell, int most) {
        String clean = clean(cell).replaceAll("\\s+", " ").strip();
        if (clean.length() <= most) {
            return clean;
        }
        // Half a character would be none.
        int end = Character.isHighSurrogate(clean.charAt(most - 2)) ? most - 2 : most - 1;
        return clean.substring(0, end) + "…";
    }

    /** The beginning of a digest: enough for people to tell two apart. */
    public static String digest(String digest) {
        return digest.substring(0, Math.min(SHORT_DIGEST, digest.length()));
    }
}
