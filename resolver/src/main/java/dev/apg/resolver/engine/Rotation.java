package dev.apg.resolver.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Finds facts that a core cannot spare without another search: if all facts but one hold, and all hold but another one
 * once a single variable is turned round, then that other one cannot be spared either (A. Belov and J. Marques-Silva,
 * Accelerating MUS Extraction with Recursive Model Rotation, 2011). In a chain of needs each fact leads to the next.
 */
final class Rotation {
    private static final int NONE = -1;

    private final List<Constraint> constraints;

    /** By variable, the facts that mention it: those from {@code starts[v]} to {@code starts[v + 1]} in here. */
    private final int[] mentions;

    private final int[] starts;

    private long steps;

    /** @param variables how many there are; the facts mention no others */
    Rotation(List<Constraint> constraints, int variables) {
        this.constraints = constraints;
        this.starts = new int[variables + 1];
        for (Constraint each : constraints) {
            for (int i = 0; i < size(each); i++) {
                starts[variable(each, i) + 1]++;
            }
        }
        for (int i = 0; i < variables; i++) {
            starts[i + 1] += starts[i];
        }
        this.mentions = new int[starts[variables]];
        int[] next = Arrays.copyOf(starts, variables);
        for (int fact = 0; fact < constraints.size(); fact++) {
            Constraint each = constraints.get(fact);
            for (int i = 0; i < size(each); i++) {
                mentions[next[variable(each, i)]++] = fact;
            }
        }
    }

    private static int size(Constraint constraint) {
        return constraint.members().length + (constraint.consumer() < 0 ? 0 : 1);
    }

    private static int variable(Constraint constraint, int index) {
        return index < constraint.members().length ? constraint.members()[index] : constraint.consumer();
    }

    long steps() {
        return steps;
    }

    /**
     * Notes which facts are needed.
     *
     * @param model by variable; everything that is kept holds in it but {@code broken}; left as it was
     * @param kept the facts that count
     * @param clashes whether a variable that has just become true clashes with others in its group
     * @param needed by fact; {@code broken} and what follows from it are set
     * @param budget how many steps may be spent
     */
    void from(int broken, boolean[] model, boolean[] kept, IntPredicate clashes, boolean[] needed, long budget) {
        needed[broken] = true;
        long end = steps + budget;
        IntList facts = new IntList();
        IntList places = new IntList();
        IntList turned = new IntList();
        facts.add(broken);
        places.add(0);
        turned.add(NONE);
        while (!facts.isEmpty()) {
            Constraint fact = constraints.get(facts.peek());
            int place = places.pop();
            if (place == size(fact) || steps > end) {
                facts.pop();
                int back = turned.pop();
                if (back != NONE) {
                    model[back] = !model[back];
                }
                continue;
            }
            places.add(place + 1);
            int variable = variable(fact, place);
            model[variable] = !model[variable];
            int next = model[variable] && clashes.test(variable) ? NONE : onlyBroken(variable, model, kept);
            if (next != NONE && !needed[next]) {
                needed[next] = true;
                facts.add(next);
                places.add(0);
                turned.add(variable);
            } else {
                model[variable] = !model[variable];
            }
        }
    }

    /** Of the facts that mention a variable, the only one that does not hold; {@link #NONE} if there is none or more. */
    private int onlyBroken(int variable, boolean[] model, boolean[] kept) {
        int found = NONE;
        for (int i = starts[variable]; i < starts[variable + 1]; i++) {
            int fact = mentions[i];
            if (kept[fact] && fact != found && !holds(constraints.get(fact), model)) {
                if (found != NONE) {
                    return NONE;
                }
                found = fact;
            }
        }
        return found;
    }

    private boolean holds(Constraint constraint, boolean[] model) {
        steps += 1 + (constraint.members().length >> 4);
        if (constraint.consumer() >= 0 && !model[constraint.consumer()]) {
            return true;
        }
        for (int member : constraint.members()) {
            if (model[member]) {
                return constraint.positive();
            }
        }
        return !constraint.positive();
    }
}
