package dev.apg.resolver;

import dev.apg.resolver.CoreRules.Below;
import dev.apg.resolver.CoreRules.Form;
import dev.apg.resolver.CoreRules.Rule;
import dev.apg.resolver.engine.Interruption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Draws conclusions from a core as a person would: for each capability it keeps which versions are still possible, and
 * strikes some out where a fact leaves no other way, until nothing is possible for one of them. Where facts alone do not
 * get further, it supposes something, shows that this is impossible, and goes on with that knowledge.
 */
final class Deduction {
    /** What a fact is about that is contradictory by itself: something asked for that does not exist. */
    static final int NO_GROUP = -1;

    /** So that a derivation by cases does not grow into a book. */
    private static final int MAX_EVENTS = 300;

    /** Suppositions within suppositions that somebody could follow. */
    private static final int MOST_LEVELS = 8;

    /** How often rules are looked at, beyond which cases branch into more cases than anybody would read. */
    private static final int MOST_LOOKS = 5_000_000;

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

    private final CoreRules core;

    /** What is below each group that may be impossible by itself; null as long as facts alone get further. */
    private @Nullable List<Below> below;

    private int events;
    private int looks;
    private boolean tooLong;

    private Deduction(CoreRules core) {
        this.core = core;
    }

    /** The conclusions that lead to the contradiction, in order; null if they are too many to be read. */
    static @Nullable List<Event> of(CoreRules core) {
        for (Rule rule : core.rules) {
            if (rule.terms().isEmpty()) {
                return List.of(new Event(NO_GROUP, new BitSet(), rule, List.of(), Map.of(), Map.of()));
            }
        }
        // No fact of a core can be spared, so there is a conclusion at least from each rule.
        return core.rules.size() > MAX_EVENTS ? null : new Deduction(core).run();
    }

    private @Nullable List<Event> run() {
        Context start = new Context();
        Event last = start.refute();
        return last == null || tooLong ? null : start.needed(last);
    }

    private List<Below> below() {
        if (below == null) {
            below = core.below();
        }
        return below;
    }

    /** What is possible so far, and why the rest is not. */
    private final class Context {
        private final TreeMap<Integer, BitSet> possible = new TreeMap<>();
        private final TreeMap<Integer, List<Event>> reasons = new TreeMap<>();
        private final List<Event> own = new ArrayList<>();

        /** What is looked at here. */
        private final List<Rule> rules;

        /** How many suppositions this is inside of. */
        private final int level;

        /** Those groups that are not known yet to be possible by themselves begin here. */
        private int nextLemma;

        private Context() {
            this.rules = core.rules;
            this.level = 0;
            core.mentioned.keySet().forEach(group -> possible.put(group, core.all(group)));
        }

        private Context(Context outer, List<Rule> rules) {
            this.rules = rules;
            this.level = outer.level + 1;
            outer.possible.forEach((group, states) -> possible.put(group, (BitSet) states.clone()));
            outer.reasons.forEach((group, list) -> reasons.put(group, new ArrayList<>(list)));
        }

        /** Concludes until something has no possibility left; the answer is the last conclusion. */
        @Nullable
        Event refute() {
            while (!tooLong) {
                Interruption.check();
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
            for (Map.Entry<Integer, BitSet> term : rule.terms().entrySet()) {
                tooLong |= ++looks > MOST_LOOKS;
                if (!isInside(of(term.getKey()), term.getValue())) {
                    if (open >= 0) {
                        return null;
                    }
                    open = term.getKey();
                }
            }
            int group = open >= 0
                    ? open
                    : rule.consumer() >= 0 ? rule.consumer() : rule.terms().lastKey();
            BitSet removed = (BitSet) of(group).clone();
            removed.and(Objects.requireNonNull(rule.terms().get(group)));
            if (removed.isEmpty()) {
                return null;
            }
            TreeMap<Integer, List<Event>> from = new TreeMap<>();
            TreeMap<Integer, BitSet> before = new TreeMap<>();
            for (Map.Entry<Integer, BitSet> term : rule.terms().entrySet()) {
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
            int undecided = undecided();
            if (undecided >= 0) {
                return refuting(undecided, rules);
            }
            Event lemma = lemma();
            if (lemma != null) {
                return lemma;
            }
            int wanted = wanted();
            return wanted < 0 ? null : refuting(wanted, rules);
        }

        /** Of what must be there, that of which the fewest versions are possible; less than 0 if all is decided. */
        private int undecided() {
            int least = -1;
            for (int group : possible.keySet()) {
                BitSet states = of(group);
                if (states.cardinality() > 1
                        && !states.get(CoreRules.ABSENT)
                        && (least < 0 || states.cardinality() < of(least).cardinality())
                        && !alike(group).equals(states)) {
                    least = group;
                }
            }
            return least;
        }

        /**
         * Shows of something that it is impossible, whatever else there is: what is found once is of use for all who need it. The
         * supposition that one of them is chosen says nothing of it.
         */
        private @Nullable Event lemma() {
            if (rules != core.rules) {
                return null;
            }
            for (; !tooLong && nextLemma < below().size(); nextLemma++) {
                Below own = below().get(nextLemma);
                BitSet states = of(own.group());
                if (states.cardinality() > 1 && states.get(CoreRules.ABSENT)) {
                    int before = events;
                    Event event = refuting(own.group(), own.rules());
                    if (event != null) {
                        return event;
                    }
                    events = before;
                    tooLong = looks > MOST_LOOKS;
                }
            }
            return null;
        }

        /** Something that could meet an open need of what must be there; less than 0 if there is no such need. */
        private int wanted() {
            for (Rule rule : rules) {
                if (rule.form() == Form.NEED && (rule.consumer() < 0 || holds(rule, rule.consumer()))) {
                    for (int group : rule.terms().keySet()) {
                        if (!holds(rule, group)) {
                            return group;
                        }
                    }
                }
            }
            return -1;
        }

        /** Whether nothing is possible for a group but what the rule says of it. */
        private boolean holds(Rule rule, int group) {
            return isInside(of(group), Objects.requireNonNull(rule.terms().get(group)));
        }

        private @Nullable Event refuting(int group, List<Rule> by) {
            if (level == MOST_LEVELS) {
                tooLong = true;
                return null;
            }
            BitSet alike = alike(group);
            Context inner = new Context(this, by);
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

        /** States of a group that no rule tells apart: the first version and those like it. */
        private BitSet alike(int group) {
            BitSet states = of(group);
            int first = states.nextSetBit(1);
            BitSet alike = new BitSet();
            for (int state = first; state >= 0; state = states.nextSetBit(state + 1)) {
                int other = state;
                boolean same = core.rules.stream().allMatch(rule -> {
                    BitSet term = rule.terms().get(group);
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
        for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
            if (!term.get(state)) {
                return false;
            }
        }
        return true;
    }
}
