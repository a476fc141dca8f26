package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.apg.contract.capability.Requirement;
import dev.apg.contract.capability.Target;

/** One of the facts that contradict each other in an {@link Explanation}; {@code fact} says which kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Fact.Asked.class, name = "asked"),
    @JsonSubTypes.Type(value = Fact.Wanted.class, name = "wanted"),
    @JsonSubTypes.Type(value = Fact.Needs.class, name = "needs"),
    @JsonSubTypes.Type(value = Fact.Restricts.class, name = "restricts"),
    @JsonSubTypes.Type(value = Fact.Conflicts.class, name = "conflicts"),
    @JsonSubTypes.Type(value = Fact.Pinned.class, name = "pinned"),
    @JsonSubTypes.Type(value = Fact.Excluded.class, name = "excluded"),
    @JsonSubTypes.Type(value = Fact.NotAccepted.class, name = "not_accepted"),
    @JsonSubTypes.Type(value = Fact.OnlyOne.class, name = "only_one"),
})
public sealed interface Fact {
    /** The draft asks for it, as a member or as a required service. */
    record Asked(Target target) implements Fact {}

    /** The question was about exactly this version. */
    record Wanted(String capability, String version) implements Fact {}

    /** A version requires something. */
    record Needs(String capability, String version, Requirement requirement) implements Fact {}

    /** A version has an optional requirement: its target, where present, must be in the range. */
    record Restricts(String capability, String version, Requirement requirement) implements Fact {}

    /** A version must not be chosen beside the target. */
    record Conflicts(String capability, String version, Target target) implements Fact {}

    /** The draft pins a capability to a version. */
    record Pinned(String capability, String version) implements Fact {}

    /** The draft excludes it. */
    record Excluded(Target target) implements Fact {}

    /** A version has a mark that the policy does not accept. */
    record NotAccepted(String capability, String version, Mark mark) implements Fact {}

    /** Only one version of a capability can be chosen. */
    record OnlyOne(String capability) implements Fact {}
}
