package dev.apg.server.catalog;

import dev.apg.server.catalog.CapabilityOrder.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * A page of capabilities.
 *
 * @param rows in order
 * @param total how many there are on all pages
 */
record CapabilityList(List<CapabilityEntry> rows, long total) {
    private record Candidate(Position position, CapabilityEntry entry) {}

    /**
     * Takes the first rows after a position. One pass over the snapshot, O(n log limit), which is about a millisecond for
     * 100,000 capabilities; without filters and by code it stops after the page.
     */
    static CapabilityList of(
            Snapshot snapshot, CapabilityFilter filter, CapabilityOrder order, Optional<Position> after, int limit) {
        if (filter.isEmpty() && order.key() == CapabilityOrder.Key.CODE && !order.descending()) {
            // No code sorts between a code and the same with a NUL after it.
            String from = after.map(position -> position.code() + "\0").orElse("");
            return new CapabilityList(snapshot.capabilities(from).limit(limit).toList(), snapshot.capabilityCount());
        }
        Predicate<CapabilityEntry> admits = filter.in(snapshot);
        Comparator<Position> comparator = order.comparator();
        var last = Comparator.comparing(Candidate::position, comparator).reversed();
        var best = new PriorityQueue<Candidate>(limit + 1, last);
        long total = 0;
        Iterator<CapabilityEntry> entries = snapshot.capabilities().iterator();
        while (entries.hasNext()) {
            CapabilityEntry entry = entries.next();
            if (admits.test(entry)) {
                total++;
                Position position = order.position(entry);
                if (after.isEmpty() || comparator.compare(position, after.get()) > 0) {
                    best.add(new Candidate(position, entry));
                    if (best.size() > limit) {
                        best.remove();
                    }
                }
            }
        }
        List<CapabilityEntry> rows = new ArrayList<>(best.size());
        while (!best.isEmpty()) {
            rows.add(best.remove().entry());
        }
        return new CapabilityList(List.copyOf(rows.reversed()), total);
    }
}
