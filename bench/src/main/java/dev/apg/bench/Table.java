package dev.apg.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The samples of all rounds as a Markdown table: per row the median of the rounds' medians, and of their p99s. */
final class Table {
    private final Map<String, List<Sample>> rows = new LinkedHashMap<>();

    void add(Sample sample) {
        rows.computeIfAbsent(sample.what(), _ -> new ArrayList<>()).add(sample);
    }

    String markdown() {
        StringBuilder text = new StringBuilder(
                "| what | median | p99 | unit | target | rounds | note |\n|---|--:|--:|---|---|--:|---|\n");
        rows.forEach((what, samples) -> text.append(row(what, samples)));
        return text.toString();
    }

    private static String row(String what, List<Sample> samples) {
        Sample latest = samples.getLast();
        double median = median(samples.stream().map(Sample::median).toList());
        List<Double> p99s =
                samples.stream().map(Sample::p99).filter(Objects::nonNull).toList();
        double p99 = p99s.isEmpty() ? Double.NaN : median(p99s);
        return "| %s | %s | %s | %s | %s | %d | %s |\n"
                .formatted(
                        what,
                        digits(median),
                        p99s.isEmpty() ? "–" : digits(p99),
                        latest.unit(),
                        latest.target() == null ? "" : latest.target().verdict(median, p99),
                        samples.size(),
                        latest.note());
    }

    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Three significant digits: more would pretend a precision that no such measurement has. */
    static String digits(double value) {
        if (value == 0) {
            return "0";
        }
        int whole = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
        return String.format(Locale.ROOT, "%." + Math.max(0, 3 - whole) + "f", value);
    }
}
