package dev.apg.resolver;

import dev.apg.resolver.engine.Constraint;
import dev.apg.resolver.engine.MinimalCore;
import dev.apg.resolver.engine.Proof;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** A fact of a core, with what it says about variables. */
record CoreFact(Fact fact, Constraint constraint) {
    /**
     * A core: facts that contradict each other.
     *
     * @param single groups of which it matters that only one version can be chosen
     * @param steps how many steps it took to leave the others out
     */
    record Core(List<CoreFact> facts, int[] single, long steps) {}

    /** The facts that a contradiction was traced back to, reduced to those that are needed for one. */
    static Core minimal(Encoding encoding, Proof.Origins origins, long budget) {
        BitSet mentioned = new BitSet();
        for (int tag : origins.facts()) {
            FactTags.Kind kind = encoding.tags.kind(tag);
            if (kind == FactTags.Kind.NEEDS || kind == FactTags.Kind.ASKED || kind == FactTags.Kind.WANTED) {
                Arrays.stream(encoding.needs.candidatesOfTag(tag)).forEach(mentioned::set);
            }
            if (hasConsumer(kind)) {
                mentioned.set(encoding.tags.a(tag));
            }
        }
        List<CoreFact> facts = new ArrayList<>();
        for (int tag : origins.facts()) {
            facts.add(new CoreFact(encoding.fact(tag), constraint(encoding, tag, mentioned)));
        }
        MinimalCore.Result result =
                MinimalCore.of(facts.stream().map(CoreFact::constraint).toList(), encoding.solver::groupOf, budget);
        List<CoreFact> needed =
                Arrays.stream(result.constraints()).mapToObj(facts::get).toList();
        return new Core(needed, result.groups(), result.steps());
    }

    private static boolean hasConsumer(FactTags.Kind kind) {
        return switch (kind) {
            case NEEDS, RESTRICTS, CONFLICTS -> true;
            case ASKED, WANTED, PINNED, EXCLUDED, NOT_ACCEPTED -> false;
        };
    }

    private static Constraint constraint(Encoding encoding, int tag, BitSet mentioned) {
        FactTags.Kind kind = encoding.tags.kind(tag);
        int consumer = hasConsumer(kind) ? encoding.tags.a(tag) : Constraint.NO_CONSUMER;
        return switch (kind) {
            case ASKED, WANTED, NEEDS -> new Constraint(consumer, true, encoding.needs.candidatesOfTag(tag));
            case RESTRICTS, CONFLICTS -> {
                int[] members = Arrays.stream(encoding.oppositions.forbiddenBy(tag))
                        .filter(mentioned::get)
                        .toArray();
                yield new Constraint(consumer, false, members);
            }
            case PINNED, EXCLUDED, NOT_ACCEPTED -> {
                // All that the fact rules out, also what another fact ruled out before it was looked at.
                int[] members = mentioned.stream()
                        .filter(variable -> encoding.rulesOut(tag, variable))
                        .toArray();
                yield new Constraint(consumer, false, members);
            }
        };
    }
}
