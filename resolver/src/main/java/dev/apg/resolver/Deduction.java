package dev.apg.resolver;

import dev.apg.resolver.CoreRules.Below;
import dev.apg.resolver.CoreRules.Rule;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
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

    private Deduction() {}

    /** The conclusions that lead to the contradiction, in order; null if they are too many to be read. */
    static @Nullable List<Event> of(CoreRules core) {
        for (Rule rule : core.rules) {
            if (rule.terms().isEmpty()) {
                return List.of(new Event(NO_GROUP, new BitSet(), rule, List.of(), Map.of(), Map.of()));
            }
        }
        // Mostly no fact of a core can be spared, so there is a conclusion at least from each rule.
        if (core.rules.size() > MAX_EVENTS) {
            return null;
        }
        var effort = new Effort();
        var start = new Possibilities(core, effort);
        Event last = start.refute();
        return last == null || effort.isTooMuch() ? null : start.needed(last);
    }

    /** What a derivation took so far, in all of its suppositions. */
    static final class Effort {
        /** What is below each group that may be impossible by itself; null as long as facts alone get further. */
        private @Nullable List<Below> below;

        private int conclusions;
        private int looks;
        private boolean tooMuch;

        boolean isTooMuch() {
            return tooMuch;
        }

        void look() {
            tooMuch |= ++looks > MOST_LOOKS;
        }

        void conclude() {
            tooMuch |= ++conclusions > MAX_EVENTS;
        }

        int conclusions() {
            return conclusions;
        }

        void giveUp() {
            tooMuch = true;
        }

        /** Of a supposition that led nowhere nothing is told; it was only looked at. */
        void takeBackTo(int conclusions) {
            this.conclusions = conclusions;
            tooMuch = looks > MOST_LOOKS;
        }

        List<Below> below(CoreRules core) {
            if (below == null) {
                below = core.below();
            }
            return below;
        }
    }
}
