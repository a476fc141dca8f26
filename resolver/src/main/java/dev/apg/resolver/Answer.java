package dev.apg.resolver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Turns the variables that a search chose into entries, bindings and notes. */
final class Answer {
    private final Universe universe;
    private final Encoding encoding;
    private final Choice choice;
    private final Chosen chosen;
    private final Bindings bindings;

    Answer(Universe universe, Encoding encoding, Choice choice) {
        this.universe = universe;
        this.encoding = encoding;
        this.choice = choice;
        this.chosen = new Chosen(universe, encoding);
        for (int i = 0; i < choice.size(); i++) {
            int variable = choice.variable(i);
            chosen.add(Objects.requireNonNull(encoding.blockOf(variable)), encoding.ordinalOf(variable));
        }
        this.bindings = new Bindings(encoding, choice, chosen);
    }

    /** @param suggesting whether the answer says what would be useful beside it */
    Resolution.Solved build(Optimality optimality, boolean suggesting) {
        int[] inCodeOrder = IntStream.range(0, choice.size())
                .boxed()
                .sorted(Comparator.comparing(i -> chosen.version(i).code()))
                .mapToInt(Integer::intValue)
                .toArray();
        List<String> codes = Arrays.stream(inCodeOrder)
                .mapToObj(i -> chosen.version(i).code())
                .toList();
        StartOrder.Sorted start = StartOrder.sort(codes, bindings.needed(inCodeOrder));
        Entry[] entries = entries();
        List<Entry> inStartOrder = new ArrayList<>(entries.length);
        for (int place : start.places()) {
            inStartOrder.add(entries[inCodeOrder[place]]);
        }
        return new Resolution.Solved(
                inStartOrder,
                bindings.all(inCodeOrder),
                new LeftOutFinder(encoding, chosen, bindings).all(),
                suggesting ? new SuggestionFinder(universe, encoding, chosen).all(inCodeOrder) : List.of(),
                start.cycles(),
                optimality,
                encoding.solver.steps());
    }

    /** By position. The need that a version was chosen for belongs to the request or to a version chosen before it. */
    private Entry[] entries() {
        HeldBackFinder heldBack = new HeldBackFinder(encoding, choice, chosen, bindings);
        Entry[] entries = new Entry[choice.size()];
        Chain[] chains = new Chain[choice.size()];
        for (int i = 0; i < entries.length; i++) {
            int need = choice.need(i);
            Link link = bindings.link(need);
            Link last = link != null ? link : new Link.Asked(new Root(Encoding.exactly(chosen.exact(i))));
            int consumer = choice.position(encoding.needs.consumer(need));
            chains[i] = new Chain(consumer < 0 ? null : chains[consumer], last);
            entries[i] = new Entry(chosen.exact(i), chains[i], chosen.version(i).marks(), heldBack.of(i));
        }
        return entries;
    }
}
