package dev.apg.resolver;

import dev.apg.resolver.CoreRules.Below;
import dev.apg.resolver.CoreRules.Form;
import dev.apg.resolver.CoreRules.Rule;
import dev.apg.resolver.Deduction.Effort;
import dev.apg.resolver.Deduction.Event;
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

/** What is possible so far in a derivation, or inside one of its suppositions, and why the rest is not. */
final class Possibilities {
    /** Suppositions within suppositions that somebody could follow. */
    private static final int MOST_LEVELS = 8;

    private final TreeMap<Integer, BitSet> possible = new TreeMap<>();
    private final TreeMap<Integer, List<Event>> reasons = new TreeMap<>();
    private final List<Event> own = new ArrayList<>();
    private final CoreRules core;
    private final Effort effort;

    /** What is looked at here. */
    private final List<Rule> rules;

    /** How many suppositions this is inside of. */
    private final int level;

    /** Those groups that are not known yet to be possible by themselves begin here. */
    private int nextLemma;

    Possibilities(CoreRules core, Effort effort) {
        this.core = core;
        this.effort = effort;
        this.rules = core.rules;
        this.level = 0;
        core.mentioned.keySet().forEach(group -> possible.put(group, core.all(group)));
    }

    private Possibilities(Possibilities outer, List<Rule> rules) {
        this.core = outer.core;
        this.effort = outer.effort;
        this.rules = rules;
        this.level = outer.level + 1;
        outer.possible.forEach((group, states) -> possible.put(group, (BitSet) states.clone()));
        outer.reasons.forEach((group, list) -> reasons.put(group, new ArrayList<>(list)));
    }

    /** Concludes until something has no possibility left; the answer is the last conclusion. */
    @Nullable
    Event refute() {
        while (!effort.isTooMuch()) {
            Interruption.check();
            boolean changed = false;
            for (Rule rule : rules) {
                Event event = apply(rule);
                if (event != null) {
                    changed = true;
                    if (of(event.group()).isEmpty()) {
                        return event;
                    }
                }
            }
            if (!changed) {
                Event event = suppose();
                if (event == null || of(event.group()).isEmpty()) {
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
            effort.look();
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
                .filter(event -> !isInside(event.removed(), term))
                .toList();
    }

    private Event record(Event event) {
        of(event.group()).andNot(event.removed());
        reasonsOf(event.group()).add(event);
        own.add(event);
        effort.conclude();
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
        if (!isAboutAll()) {
            return null;
        }
        List<Below> below = effort.below(core);
        for (; !effort.isTooMuch() && nextLemma < below.size(); nextLemma++) {
            Below own = below.get(nextLemma);
            BitSet states = of(own.group());
            if (states.cardinality() > 1 && states.get(CoreRules.ABSENT)) {
                int before = effort.conclusions();
                Event event = refuting(own.group(), own.rules());
                if (event != null) {
                    return event;
                }
                effort.takeBackTo(before);
            }
        }
        return null;
    }

    /** And not only what is below one group. */
    private boolean isAboutAll() {
        return rules == core.rules;
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
            effort.giveUp();
            return null;
        }
        BitSet alike = alike(group);
        Possibilities inner = new Possibilities(this, by);
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
                event.from().values().forEach(open::addAll);
                open.addAll(event.supposed());
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
