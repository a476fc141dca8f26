package dev.apg.resolver;

import dev.apg.resolver.Deduction.Event;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which step told a conclusion, so that later ones can refer to it. */
final class StepNumbers {
    private final Map<Event, String> ofConclusions = new IdentityHashMap<>();

    /** By group, of the supposition about it that is being followed. */
    private final Map<Integer, String> ofSuppositions = new TreeMap<>();

    void conclude(Event event, String number) {
        ofConclusions.put(event, number);
    }

    void suppose(int group, String number) {
        ofSuppositions.put(group, number);
    }

    void endSupposition(int group) {
        ofSuppositions.remove(group);
    }

    /** Adds the number of what is known of a group by an event, if a step told it. */
    void add(Event event, int group, Set<String> found) {
        String number = ofConclusions.get(event);
        if (number == null) {
            number = ofSuppositions.get(group);
        }
        if (number != null) {
            found.add(number);
        }
    }

    /**
     * The numbers of what an event builds on for a group, in brackets; empty if there are none.
     *
     * @param from gets them, too
     */
    String references(Event event, int group, Set<String> from) {
        Set<String> found = new LinkedHashSet<>();
        for (Event each : event.from().getOrDefault(group, List.of())) {
            add(each, group, found);
        }
        from.addAll(found);
        return found.isEmpty() ? "" : " (" + String.join(", ", found) + ")";
    }
}
