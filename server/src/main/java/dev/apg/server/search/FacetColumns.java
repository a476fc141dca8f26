package dev.apg.server.search;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;

/**
 * The facet values of all documents of one segment, as arrays: 4 bytes a document and value. Segments never change, so
 * this is read once when a segment appears, and counting costs nanoseconds a document.
 */
final class FacetColumns {
    /** Values of document d: {@code values[starts[d]]} to before {@code values[starts[d + 1]]}. */
    record Column(int[] starts, int[] values) {}

    private final Map<Facet, Column> columns = new EnumMap<>(Facet.class);

    private FacetColumns() {}

    static FacetColumns read(LeafReader segment, Map<Facet, FacetValues> numbers) throws IOException {
        var columns = new FacetColumns();
        for (Facet facet : Facet.values()) {
            columns.columns.put(facet, column(segment, facet, numbers.getOrDefault(facet, new FacetValues())));
        }
        return columns;
    }

    private static Column column(LeafReader segment, Facet facet, FacetValues numbers) throws IOException {
        // One value is read as a set of one.
        SortedSetDocValues stored = DocValues.getSortedSet(segment, facet.wire());
        int[] number = new int[Math.toIntExact(stored.getValueCount())];
        for (int i = 0; i < number.length; i++) {
            number[i] = numbers.number(stored.lookupOrd(i).utf8ToString());
        }
        int documents = segment.maxDoc();
        int[] starts = new int[documents + 1];
        int[] values = new int[documents];
        int length = 0;
        for (int document = 0; document < documents; document++) {
            starts[document] = length;
            if (stored.advanceExact(document)) {
                for (int i = stored.docValueCount(); i > 0; i--) {
                    if (length == values.length) {
                        values = Arrays.copyOf(values, length * 2 + 8);
                    }
                    values[length++] = number[Math.toIntExact(stored.nextOrd())];
                }
            }
        }
        starts[documents] = length;
        return new Column(starts, Arrays.copyOf(values, length));
    }

    Column column(Facet facet) {
        Column column = columns.get(facet);
        if (column == null) {
            throw new IllegalStateException("no column of " + facet);
        }
        return column;
    }
}
