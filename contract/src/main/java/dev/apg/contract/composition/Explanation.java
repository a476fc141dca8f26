package dev.apg.contract.composition;

import java.util.List;

/**
 * Why a request has no solution.
 *
 * @param core facts that cannot all hold, none of which could be spared
 * @param steps the derivation of the contradiction from the core; the last one is the contradiction
 * @param prose the derivation as numbered lines
 * @param furtherContradictions whether others remain once this one is mended; each fix mends all of them
 * @param furtherCount how many of these were found; there may be more
 * @param further the first three of these
 * @param fixes up to three, the smallest change first, each verified by solving again
 */
public record Explanation(
        List<Fact> core,
        List<Step> steps,
        String prose,
        boolean furtherContradictions,
        int furtherCount,
        List<Contradiction> further,
        List<Fix> fixes) {
    public Explanation {
        core = List.copyOf(core);
        steps = List.copyOf(steps);
        further = List.copyOf(further);
        fixes = List.copyOf(fixes);
    }

    /** The same with other fixes. */
    public Explanation withFixes(List<Fix> others) {
        return new Explanation(core, steps, prose, furtherContradictions, furtherCount, further, others);
    }

    /**
     * One step of the derivation.
     *
     * @param number {@code 3}, or {@code 3.1} for a step inside the supposition of step 3
     * @param facts those of the core that this step brings in
     * @param from numbers of the earlier steps that it builds on
     */
    public record Step(String number, String sentence, List<Fact> facts, List<String> from) {
        public Step {
            facts = List.copyOf(facts);
            from = List.copyOf(from);
        }
    }

    /**
     * A contradiction that is not derived step by step.
     *
     * @param sentence what the draft says of it, and how its derivation ends
     */
    public record Contradiction(List<Fact> core, String sentence) {
        public Contradiction {
            core = List.copyOf(core);
        }
    }

    /**
     * A change that makes the request solvable, or mends what a validation found.
     *
     * @param operations to be applied to the draft as they are, in this order
     */
    public record Fix(String sentence, List<DraftOperation> operations) {
        public Fix {
            operations = List.copyOf(operations);
        }
    }
}
