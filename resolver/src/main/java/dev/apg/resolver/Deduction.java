package dev.apg.resolver;

import dev.apg.resolver.engine.Constraint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Draws conclusions from a core as a person would: for each capability it keeps which versions are still possible, and
 * strikes some out where a fact leaves no other way, until nothing is possible for one of them. Where facts alone do not
 * get further, it supposes something, shows that this is impossible, and goes on with that knowledge.
 *
 * <p>Facts that say the same of several versions of a capability are one rule here, which is what merges "menu 1.1.0
 * needs…, menu 1.2.0 needs…" into one sentence.
 */
final class Deduction {
    /** State 0 of a group: none of its mentioned versions is chosen. State i + 1: the i-th mentioned one is. */
    static final int ABSENT = 0;

    /** What a fact is about that is contradictory by itself: something asked for that does not exist. */
    static final int NO_GROUP = -1;

    /** So that a derivation by cases does not grow into a book. */
    private static final int MAX_EVENTS = 300;

    /** What all facts of a rule have in common. */
    enum Form {
        NEED,
        OPPOSE,
        RESTRICT,
        STRIKE
    }

    /**
     * It is impossible that every group of {@code terms} is in one of the given states.
     *
     * @param facts positions in the core
     * @param consumer the group of the versions that the facts are about, or -1
     */
    record Rule(Form form, List<Integer> facts, int consumer, TreeMap<Integer, BitSet> terms) {}

    /**
     * A conclusion.
     *
     * @param removed states of {@code group} that are now impossible
     * @param rule what it follows from, or null if from a supposition
     * @param supposed the events inside the supposition that {@code group} is in a {@code removed} state
     * @param before what was possible for each group of the rule, and for {@code group}
     * @param from the earlier events that it builds on, by group
     */
    record Event(
            int group,
            BitSet removed,
            @Nullable Rule rule,
            List<Event> supposed,
            Map<Integer, BitSet> before,
            Map<Integer, List<Event>> from) {}

    final List<Rule> rules = new ArrayList<>();

    /** By group, its mentioned variables, ascending. */
    final TreeMap<Integer, int[]> mentioned = new TreeMap<>();

    private int events;
    private boolean tooLong;

    private final Encoding encoding;

    Deduction(Encoding encoding, List<CoreFact> facts) {
        this.encoding = encoding;
        collectMentioned(facts);
        Map<List<Object>, Rule> merged = new LinkedHashMap<>();
        for (int i = 0; i < facts.size(); i++) {
            addRules(facts.get(i).fact(), facts.get(i).constraint(), i, merged);
        }
        rules.addAll(merged.values());
        rules.sort((a, b) -> Integer.compare(a.terms.size(), b.terms.size()));
    }

    private void collectMentioned(List<CoreFact> facts) {
        TreeMap<Integer, TreeSet<Integer>> found = new TreeMap<>();
        for (CoreFact fact : facts) {
            Constraint constraint = fact.constraint();
            if (constraint.consumer() >= 0) {
                note(constraint.consumer(), found);
            }
            for (int member : constraint.members()) {
                note(member, found);
            }
        }
        found.forEach((group, variables) -> mentioned.put(
                group, variables.stream().mapToInt(Integer::intValue).toArray()));
    }

    private void note(int variable, TreeMap<Integer, TreeSet<Integer>> found) {
        found.computeIfAbsent(encoding.solver.groupOf(variable), _ -> new TreeSet<>())
                .add(variable);
    }

    int[] variables(int group) {
        return Objects.requireNonNull(mentioned.get(group));
    }

    /** The state of a variable's group in which it is chosen. */
    int stateOf(int variable) {
        return 1 + Arrays.binarySearch(variables(encoding.solver.groupOf(variable)), variable);
    }

    /** The versions, by state, that are not in a set. */
    BitSet complement(int group, BitSet states) {
        BitSet others = all(group);
        others.andNot(states);
        others.clear(ABSENT);
        return others;
    }

    private BitSet all(int group) {
        BitSet all = new BitSet();
        all.set(0, variables(group).length + 1);
        return all;
    }

    private void addRules(Fact fact, Constraint constraint, int position, Map<List<Object>, Rule> merged) {
        TreeMap<Integer, BitSet> members = new TreeMap<>();
        for (int member : constraint.members()) {
            members.computeIfAbsent(encoding.solver.groupOf(member), _ -> new BitSet())
                    .set(stateOf(member));
        }
        int consumer = constraint.consumer() < 0 ? -1 : encoding.solver.groupOf(constraint.consumer());
        if (constraint.positive()) {
            TreeMap<Integer, BitSet> terms = new TreeMap<>();
            members.forEach((group, states) -> {
                BitSet others = all(group);
                others.andNot(states);
                terms.put(group, others);
            });
            merge(Form.NEED, fact, position, consumer, constraint.consumer(), terms, merged);
        } else {
            Form form = switch (fact) {
                case Fact.Conflicts _ -> Form.OPPOSE;
                case Fact.Restricts _ -> Form.RESTRICT;
                case Fact.Asked _,
                        Fact.Wanted _,
                        Fact.Needs _,
                        Fact.Pinned _,
                        Fact.Excluded _,
                        Fact.NotAccepted _,
                        Fact.OnlyOne _ -> Form.STRIKE;
            };
            members.forEach((group, states) -> {
                TreeMap<Integer, BitSet> terms = new TreeMap<>();
                terms.put(group, states);
                merge(form, fact, position, consumer, constraint.consumer(), terms, merged);
            });
        }
    }

    private void merge(
            Form form,
            Fact fact,
            int position,
            int consumer,
            int variable,
            TreeMap<Integer, BitSet> terms,
            Map<List<Object>, Rule> merged) {
        Object kind =
                consumer >= 0 ? form : fact instanceof Fact.NotAccepted(ExactVersion _, Mark mark) ? mark : position;
        Object about = fact instanceof Fact.NotAccepted ? terms.firstKey() : new TreeMap<>(terms);
        Rule rule = merged.computeIfAbsent(
                List.of(kind, consumer, about), _ -> new Rule(form, new ArrayList<>(), consumer, new TreeMap<>(terms)));
        rule.facts.add(position);
        if (consumer >= 0) {
            BitSet own = new BitSet();
            own.set(stateOf(variable));
            BitSet known = rule.terms.get(consumer);
            if (known == null || rule.facts.size() == 1) {
                rule.terms.put(consumer, own);
            } else {
                known.or(own);
            }
        } else if (fact instanceof Fact.NotAccepted) {
            rule.terms.firstEntry().getValue().or(terms.firstEntry().getValue());
        }
    }

    /** The conclusions that lead to the contradiction, in order; null if they are too many to be read. */
    @Nullable
    List<Event> run() {
        for (Rule rule : rules) {
            if (rule.terms.isEmpty()) {
                return List.of(new Event(NO_GROUP, new BitSet(), rule, List.of(), Map.of(), Map.of()));
            }
        }
        Context start = new Context();
        mentioned.keySet().forEach(group -> start.possible.put(group, all(group)));
        Event last = start.refute();
        if (last == null || tooLong) {
            return null;
        }
        return start.needed(last);
    }

    /** What is possible so far, and why the rest is not. */
    private final class Context {
        private final TreeMap<Integer, BitSet> possible = new TreeMap<>();
        private final TreeMap<Integer, List<Event>> reasons = new TreeMap<>();
        private final List<Event> own = new ArrayList<>();

        private Context() {}

        private Context(Context outer) {
            outer.possible.forEach((group, states) -> possible.put(group, (BitSet) states.clone()));
            outer.reasons.forEach((group, list) -> reasons.put(group, new ArrayList<>(list)));
        }

        /** Concludes until something has no possibility left; the answer is the last conclusion. */
        @Nullable
        Event refute() {
            while (!tooLong) {
                boolean changed = false;
                for (Rule rule : rules) {
                    Event event = apply(rule);
                    if (event != null) {
                        changed = true;
                        if (of(event.group).isEmpty()) {
                            return event;
                        }
                    }
                }
                if (!changed) {
                    Event event = suppose();
                    if (event == null || of(event.group).isEmpty()) {
                        return event;
                    }
                }
            }
            return null;
        }

        private BitSet of(int group) {
            return Objects.requireNonNull(possible.get(group));
        }

        private List<Event> reasonsOf(int group) {
            return reasons.computeIfAbsent(group, _ -> new ArrayList<>());
        }

        private @Nullable Event apply(Rule rule) {
            int open = -1;
            for (Map.Entry<Integer, BitSet> term : rule.terms.entrySet()) {
                if (!isInside(of(term.getKey()), term.getValue())) {
                    if (open >= 0) {
                        return null;
                    }
                    open = term.getKey();
                }
            }
            int group = open >= 0 ? open : rule.consumer >= 0 ? rule.consumer : rule.terms.lastKey();
            BitSet removed = (BitSet) of(group).clone();
            removed.and(Objects.requireNonNull(rule.terms.get(group)));
            if (removed.isEmpty()) {
                return null;
            }
            TreeMap<Integer, List<Event>> from = new TreeMap<>();
            TreeMap<Integer, BitSet> before = new TreeMap<>();
            for (Map.Entry<Integer, BitSet> term : rule.terms.entrySet()) {
                before.put(term.getKey(), (BitSet) of(term.getKey()).clone());
                if (term.getKey() != group || open < 0) {
                    from.put(term.getKey(), reasonsOutside(term.getKey(), term.getValue()));
                }
            }
            return record(new Event(group, removed, rule, List.of(), before, from));
        }

        /** The events that struck out states outside a term, which is why the term holds. */
        private List<Event> reasonsOutside(int group, BitSet term) {
            return reasonsOf(group).stream()
                    .filter(event -> !isInside(event.removed, term))
                    .toList();
        }

        private Event record(Event event) {
            of(event.group).andNot(event.removed);
            reasonsOf(event.group).add(event);
            own.add(event);
            tooLong |= ++events > MAX_EVENTS;
            return event;
        }

        /** Shows that some states of a group are impossible by supposing one of them. */
        private @Nullable Event suppose() {
            int group = -1;
            for (int each : possible.keySet()) {
                BitSet states = of(each);
                if (states.cardinality() > 1
                        && (group < 0 || rank(states) < rank(of(group)))
                        && !alike(each).equals(states)) {
                    group = each;
                }
            }
            if (group < 0) {
                return null;
            }
            BitSet alike = alike(group);
            Context inner = new Context(this);
            BitSet others = (BitSet) of(group).clone();
            others.andNot(alike);
            Event supposition = new Event(group, others, null, List.of(), Map.of(), Map.of());
            inner.of(group).andNot(others);
            inner.reasonsOf(group).add(supposition);
            Event last = inner.refute();
            if (last == null) {
                return null;
            }
            List<Event> needed = inner.needed(last);
            Map<Integer, BitSet> before = Map.of(group, (BitSet) of(group).clone());
            return record(new Event(group, alike, null, needed, before, Map.of()));
        }

        /** Something must be there before something may be there; few possibilities before many. */
        private int rank(BitSet states) {
            return states.cardinality() + (states.get(ABSENT) ? 1000 : 0);
        }

        /** States of a group that no rule tells apart: the first version and those like it. */
        private BitSet alike(int group) {
            BitSet states = of(group);
            int first = states.nextSetBit(1);
            BitSet alike = new BitSet();
            for (int state = first; state >= 0; state = states.nextSetBit(state + 1)) {
                int other = state;
                boolean same = rules.stream().allMatch(rule -> {
                    BitSet term = rule.terms.get(group);
                    return term == null || term.get(first) == term.get(other);
                });
                alike.set(state, same);
            }
            return alike;
        }

        /** Of this context's events, those that the last one rests on, in order. */
        List<Event> needed(Event last) {
            Set<Event> marked = Collections.newSetFromMap(new IdentityHashMap<>());
            mark(last, marked);
            return own.stream().filter(marked::contains).toList();
        }

        private void mark(Event from, Set<Event> marked) {
            List<Event> open = new ArrayList<>(List.of(from));
            while (!open.isEmpty()) {
                Event event = open.removeLast();
                if (marked.add(event)) {
                    event.from.values().forEach(open::addAll);
                    open.addAll(event.supposed);
                }
            }
        }
    }

    private static boolean isInside(BitSet states, BitSet term) {
        BitSet outside = (BitSet) states.clone();
        outside.andNot(term);
        return outside.isEmpty();
    }
}
