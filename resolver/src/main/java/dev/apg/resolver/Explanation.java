package dev.apg.resolver;

import java.util.List;

/**
 * Why a request has no solution.
 *
 * @param core facts that cannot all hold, none of which could be spared
 * @param steps the derivation of the contradiction from the core; the last one is the contradiction
 * @param fixes up to three, the smallest change first, each verified by solving again; empty only if the step budget did not
 *     suffice for finding one, or a version that was asked about cannot be had whatever else is asked for
 */
public record Explanation(List<Fact> core, List<Step> steps, List<Fix> fixes) {
    public Explanation {
        core = List.copyOf(core);
        steps = List.copyOf(steps);
        fixes = List.copyOf(fixes);
    }

    /** The derivation as numbered lines, and the fixes as a list after it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            int depth = (int) step.number().chars().filter(c -> c == '.').count();
            text.append("   ".repeat(depth)).append(step.number()).append(". ").append(step.sentence());
            text.append('\n');
        }
        if (!fixes.isEmpty()) {
            text.append("What would help:\n");
            for (Fix fix : fixes) {
                text.append("- ").append(fix.sentence()).append('\n');
            }
        }
        return text.toString();
    }
}
