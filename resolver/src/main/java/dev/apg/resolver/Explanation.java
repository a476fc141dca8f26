package dev.apg.resolver;

import java.util.List;
import java.util.Objects;

/**
 * Why a request has no solution.
 *
 * @param core facts that cannot all hold, none of which could be spared
 * @param steps the derivation of the contradiction from the core; the last one is the contradiction
 * @param further what else stands in the way, as far as the search for fixes came across it
 * @param fixes up to three, the smallest change first, each verified by solving again; empty only if the step budget did not
 *     suffice for finding one, or, for a version that was asked about, no change that makes it possible also leads to it
 */
public record Explanation(List<Fact> core, List<Step> steps, Further further, List<Fix> fixes) {
    public Explanation {
        core = List.copyOf(core);
        steps = List.copyOf(steps);
        Objects.requireNonNull(further, "further");
        fixes = List.copyOf(fixes);
    }

    /**
     * Contradictions that are left once the one before them is mended.
     *
     * @param count how many were found, one after the other; there may be more
     * @param first up to three of them
     */
    public record Further(int count, List<Contradiction> first) {
        static final Further NONE = new Further(0, List.of());

        public Further {
            first = List.copyOf(first);
        }
    }

    /**
     * A contradiction that is not derived step by step.
     *
     * @param sentence what the request says of it, and how its derivation ends
     */
    public record Contradiction(List<Fact> core, String sentence) {
        public Contradiction {
            core = List.copyOf(core);
            Objects.requireNonNull(sentence, "sentence");
        }
    }

    /** The same with other fixes. */
    public Explanation withFixes(List<Fix> others) {
        return new Explanation(core, steps, further, others);
    }

    /** How the derivation ends, without the numbers of the steps that it rests on. */
    public String conclusion() {
        return FurtherWords.sentence(steps.getLast());
    }

    /** Whether the steps before the last one only list the facts, which then names nothing. */
    public boolean isListed() {
        return steps.getLast().sentence().startsWith(Narrator.LISTED);
    }

    /** In a sentence or two: what the request says of it, and how the derivation ends. */
    public String gist() {
        return FurtherWords.of(this).sentence();
    }

    /** Whether something else stands in the way, as far as the search for fixes tells. */
    public boolean isNotAll() {
        return further.count() > 0 || (!fixes.isEmpty() && fixes.stream().allMatch(fix -> fix.mended() > 1));
    }

    /** What else stands in the way, in words; empty if nothing does. */
    public String furtherText() {
        return isNotAll() ? FurtherWords.text(further, fixes.size()) : "";
    }

    /** The derivation as numbered lines. */
    public String derivation() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            int depth = (int) step.number().chars().filter(c -> c == '.').count();
            text.append("   ".repeat(depth)).append(step.number()).append(". ").append(step.sentence());
            text.append('\n');
        }
        return text.toString();
    }

    /** The derivation, what else stands in the way, and the fixes as a list after it. */
    public String text() {
        StringBuilder text = new StringBuilder(derivation()).append(furtherText());
        if (!fixes.isEmpty()) {
            text.append("What would help:\n");
            for (Fix fix : fixes) {
                text.append("- ").append(fix.sentence()).append('\n');
            }
        }
        return text.toString();
    }
}
