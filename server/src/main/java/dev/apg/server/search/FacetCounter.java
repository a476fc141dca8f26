package dev.apg.server.search;

import dev.apg.contract.search.FacetValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/**
 * Counts what matches the words: in total, and for each facet under the selections in all other facets, so that the
 * counts say what another selection would give. One pass without scores.
 */
final class FacetCounter extends SimpleCollector {
    private static final int SHOWN = 20;
    private static final Facet[] FACETS = Facet.values();

    private final Function<LeafReaderContext, FacetColumns> columnsOf;
    private final FacetValues[] numbers = new FacetValues[FACETS.length];
    private final int[][] counts = new int[FACETS.length][];
    private final boolean[][] selected = new boolean[FACETS.length][];
    private final boolean[] narrowed = new boolean[FACETS.length];
    private final FacetColumns.Column[] columns = new FacetColumns.Column[FACETS.length];
    private long total;

    FacetCounter(
            Function<LeafReaderContext, FacetColumns> columnsOf,
            Map<Facet, FacetValues> numbers,
            Map<Facet, Set<String>> selections) {
        this.columnsOf = columnsOf;
        for (int i = 0; i < FACETS.length; i++) {
            this.numbers[i] = numbers.getOrDefault(FACETS[i], new FacetValues());
            int size = this.numbers[i].size();
            counts[i] = new int[size];
            selected[i] = new boolean[size];
            for (String value : selections.getOrDefault(FACETS[i], Set.of())) {
                narrowed[i] = true;
                int number = this.numbers[i].known(value);
                if (number >= 0 && number < size) {
                    selected[i][number] = true;
                }
            }
        }
    }

    /** For a search without threads of its own, which uses one collector. */
    CollectorManager<FacetCounter, FacetCounter> manager() {
        return new CollectorManager<>() {
            @Override
            public FacetCounter newCollector() {
                return FacetCounter.this;
            }

            @Override
            public FacetCounter reduce(Collection<FacetCounter> collectors) {
                return FacetCounter.this;
            }
        };
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
        FacetColumns segment = columnsOf.apply(context);
        for (int i = 0; i < FACETS.length; i++) {
            columns[i] = segment.column(FACETS[i]);
        }
    }

    @Override
    public void collect(int document) {
        int missed = -1;
        for (int i = 0; i < FACETS.length; i++) {
            if (narrowed[i] && !isSelected(i, document)) {
                if (missed >= 0) {
                    return;
                }
                missed = i;
            }
        }
        if (missed >= 0) {
            count(missed, document);
            return;
        }
        total++;
        for (int i = 0; i < FACETS.length; i++) {
            count(i, document);
        }
    }

    private boolean isSelected(int facet, int document) {
        int[] values = columns[facet].values();
        int end = columns[facet].starts()[document + 1];
        for (int at = columns[facet].starts()[document]; at < end; at++) {
            if (selected[facet][values[at]]) {
                return true;
            }
        }
        return false;
    }

    private void count(int facet, int document) {
        int[] values = columns[facet].values();
        int end = columns[facet].starts()[document + 1];
        for (int at = columns[facet].starts()[document]; at < end; at++) {
            counts[facet][values[at]]++;
        }
    }

    /** What matches the words and all selections. */
    long total() {
        return total;
    }

    /** The most frequent values, and the selected ones whatever their count; an empty value is not one. */
    List<FacetValue> values(Facet facet, Set<String> selection) {
        int i = facet.ordinal();
        List<FacetValue> found = new ArrayList<>();
        for (int number = 0; number < counts[i].length; number++) {
            String value = numbers[i].value(number);
            if (counts[i][number] > 0 && !value.isEmpty() && !selection.contains(value)) {
                found.add(new FacetValue(value, counts[i][number], false));
            }
        }
        found.sort(Comparator.comparingLong(FacetValue::count).reversed().thenComparing(FacetValue::value));
        List<FacetValue> shown = new ArrayList<>();
        for (String value : selection) {
            int number = numbers[i].known(value);
            shown.add(new FacetValue(value, number < 0 || number >= counts[i].length ? 0 : counts[i][number], true));
        }
        shown.addAll(found.subList(0, Math.min(SHOWN, found.size())));
        return shown;
    }
}
