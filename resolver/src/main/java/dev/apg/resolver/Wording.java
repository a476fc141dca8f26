package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/** Words for what a {@link Deduction} knows of a group: which of its versions must or cannot be chosen. */
final class Wording {
    private final Encoding encoding;

    Wording(Encoding encoding) {
        this.encoding = encoding;
    }

    /**
     * Versions as the subject of a sentence.
     *
     * @param plural whether its verb is in the plural
     */
    record Subject(String text, boolean plural) {}

    /** {@code every menu}, {@code every menu from 1.1.0 on}, {@code menu 1.0.0}, {@code menu 1.0.0 and 1.2.0}. */
    Subject subjectOf(int group, BitSet states, CoreRules coreRules) {
        String code = encoding.codeOfGroup(group);
        List<SemVer> existing = existing(group);
        BitSet ordinals = ordinals(group, states, coreRules);
        List<Phrases.Run> runs = Phrases.runs(existing, ordinals);
        Phrases.Run run = runs.getFirst();
        if (runs.size() > 1 || run.size() == 1 || (run.size() == 2 && !run.fromStart() && !run.toEnd())) {
            return new Subject(code + " " + Phrases.versions(existing, ordinals, "and"), ordinals.cardinality() > 1);
        }
        SemVer first = existing.get(run.first());
        SemVer last = existing.get(run.last());
        String which = run.fromStart()
                ? run.toEnd() ? "" : " up to " + last
                : run.toEnd() ? " from " + first + " on" : " from " + first + " to " + last;
        return new Subject("every " + code + which, false);
    }

    /** For example {@code menu must be 1.0.0 to 1.2.0}, or {@code menu must be chosen} if the version is open. */
    String must(int group, BitSet states, CoreRules coreRules) {
        BitSet ordinals = ordinals(group, states, coreRules);
        boolean every = ordinals.cardinality() > 1 && Phrases.isEvery(existing(group), ordinals);
        return encoding.codeOfGroup(group) + " must be "
                + (every ? "chosen" : Phrases.versions(existing(group), ordinals, "or"));
    }

    /** For example {@code menu 1.0.0 to 1.2.0 cannot be chosen}. */
    String cannot(int group, BitSet states, CoreRules coreRules) {
        BitSet ordinals = ordinals(group, states, coreRules);
        String code = encoding.codeOfGroup(group);
        return ordinals.cardinality() > 1 && Phrases.isEvery(existing(group), ordinals)
                ? "no " + code + " can be chosen"
                : named(group, states, coreRules, "and") + " cannot be chosen";
    }

    /** For example {@code menu 1.0.0 and 1.1.0}. */
    String named(int group, BitSet states, CoreRules coreRules, String last) {
        return encoding.codeOfGroup(group) + " "
                + Phrases.versions(existing(group), ordinals(group, states, coreRules), last);
    }

    /** A supposition: that one of these versions is chosen. */
    String state(int group, BitSet states, CoreRules coreRules) {
        return encoding.codeOfGroup(group) + " is "
                + Phrases.versions(existing(group), ordinals(group, states, coreRules), "or");
    }

    private List<SemVer> existing(int group) {
        return encoding.blockOfGroup(group).numbers;
    }

    /** The positions of versions among those of their capability. */
    BitSet ordinals(int group, BitSet states, CoreRules coreRules) {
        BitSet ordinals = new BitSet();
        int[] variables = Objects.requireNonNull(coreRules.variables(group));
        states.stream()
                .filter(state -> state != CoreRules.ABSENT)
                .forEach(state -> ordinals.set(encoding.ordinalOf(variables[state - 1])));
        return ordinals;
    }
}
