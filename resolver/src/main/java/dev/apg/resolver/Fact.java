package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import java.util.List;

/** One of the facts that contradict each other in an {@link Explanation}. */
public sealed interface Fact {
    /** The request asks for it. */
    record Asked(Root root) implements Fact {}

    /** The question was about exactly this version: see {@link Resolver#whyNot}. */
    record Wanted(ExactVersion version) implements Fact {}

    /** A version requires something. */
    record Needs(ExactVersion version, Requirement requirement) implements Fact {}

    /** A version has an optional requirement, so that its target, where present, must be in the range. */
    record Restricts(ExactVersion version, Requirement requirement) implements Fact {}

    /** A version must not be chosen beside something. */
    record Conflicts(ExactVersion version, Target target) implements Fact {}

    /** The request pins a capability to a version. */
    record Pinned(String code, SemVer number) implements Fact {}

    /** The request excludes something. */
    record Excluded(Target exclusion) implements Fact {}

    /** A version has a mark that the policy does not accept. */
    record NotAccepted(ExactVersion version, Mark mark) implements Fact {}

    /** Only one version of a capability can be chosen. */
    record OnlyOne(String code) implements Fact {}

    /** What it asks for, any of which would do; nothing for a fact that does not ask. */
    default List<Target> needed() {
        return switch (this) {
            case Asked(Root root) -> List.of(root.target());
            case Needs(ExactVersion _, Requirement requirement) -> requirement.anyOf();
            case Restricts(ExactVersion _, Requirement requirement) -> requirement.anyOf();
            case Wanted wanted -> List.of();
            case Conflicts conflicts -> List.of();
            case Pinned pinned -> List.of();
            case Excluded excluded -> List.of();
            case NotAccepted notAccepted -> List.of();
            case OnlyOne onlyOne -> List.of();
        };
    }
}
