package dev.apg.resolver;

import java.util.List;
import java.util.Objects;

/**
 * What a version needs: any one of the targets will do, the first is preferred.
 *
 * @param name names the requirement inside its version, as bindings and reasons do
 * @param anyOf at least one target; exactly one if {@code strength} is {@link Strength#OPTIONAL}
 */
public record Requirement(String name, Strength strength, List<Target> anyOf) {
    public Requirement {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(strength, "strength");
        anyOf = List.copyOf(anyOf);
        if (anyOf.isEmpty()) {
            throw new IllegalArgumentException("any_of of requirement " + name + ": empty (expected: a target)");
        }
        if (strength == Strength.OPTIONAL && anyOf.size() > 1) {
            throw new IllegalArgumentException("any_of of optional requirement " + name + ": " + anyOf.size()
                    + " targets (expected: 1, because \"if it is present\" is about one thing)");
        }
    }

    /** A required single target, named after it. */
    public static Requirement required(Target target) {
        return new Requirement(target.code(), Strength.REQUIRED, List.of(target));
    }
}
