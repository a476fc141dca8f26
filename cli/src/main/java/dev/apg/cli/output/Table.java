package dev.apg.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns, for people. */
public final class Table {
    private static final int WIDEST = 80;

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    public Table row(Object... cells) {
        rows.add(java.util.Arrays.stream(cells)
                .map(cell -> oneLine(String.valueOf(cell)))
                .toList());
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

    private static String oneLine(String cell) {
        // Control characters could rewrite the terminal of whoever reads another's description.
        String clean = cell.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() <= WIDEST ? clean : clean.substring(0, WIDEST - 1) + "…";
    }
}
