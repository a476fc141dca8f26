package dev.apg.server.sample;

import dev.apg.contract.capability.Requirement;
import dev.apg.contract.capability.Target;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.Fact;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A sample's catalogue and its impossible request, reduced to some facts: whatever no fact tells is left out. */
record CoreCatalogue(List<VersionDocument> versions, DraftDocument request) {

    /** The versions with only those requirements and conflicts that the facts tell. */
    List<VersionDocument> versions(List<Fact> facts) {
        return versions.stream().map(version -> reduced(version, facts)).toList();
    }

    private VersionDocument reduced(VersionDocument version, List<Fact> facts) {
        List<Requirement> requirements = version.requirements().stream()
                .filter(requirement -> facts.stream()
                        .anyMatch(fact -> fact instanceof Fact.Needs needs
                                && is(version, needs.capability(), needs.version())
                                && needs.requirement().targets().equals(requirement.targets())))
                .toList();
        List<Target> conflicts = version.conflicts().stream()
                .filter(target -> facts.stream()
                        .anyMatch(fact -> fact instanceof Fact.Conflicts conflict
                                && is(version, conflict.capability(), conflict.version())
                                && conflict.target().equals(withRange(target))))
                .toList();
        return new VersionDocument(
                VersionDocument.FORMAT,
                code(version, facts),
                version.version(),
                null,
                version.provides(),
                requirements,
                conflicts,
                List.of(),
                null,
                0,
                null);
    }

    /**
     * That a capability has one version at a time is a fact that no document states. What nobody asks for by its code is
     * split into a capability for each version, unless the fact is there: then several can be chosen.
     */
    private String code(VersionDocument version, List<Fact> facts) {
        String code = version.capability();
        boolean single = facts.contains(new Fact.OnlyOne(code))
                || request.members().stream()
                        .anyMatch(member -> member.capability().equals(code))
                || versions.stream()
                        .flatMap(other -> other.conflicts().stream())
                        .anyMatch(target -> code.equals(target.capability()));
        return single ? code : code + "." + version.version();
    }

    /** The request with only those members that the facts tell. */
    DraftDocument request(List<Fact> facts) {
        return new DraftDocument(
                DraftDocument.FORMAT,
                request.composition(),
                null,
                null,
                null,
                request.members().stream()
                        .filter(member ->
                                facts.contains(new Fact.Asked(new Target(member.capability(), null, member.range()))))
                        .toList(),
                List.of(),
                Map.of(),
                List.of(),
                null,
                Map.of());
    }

    /** The capability that a fact is about. */
    static Optional<String> subject(Fact fact) {
        return switch (fact) {
            case Fact.Asked asked -> Optional.ofNullable(asked.target().capability());
            case Fact.Needs needs -> Optional.of(needs.capability());
            case Fact.Conflicts conflicts -> Optional.of(conflicts.capability());
            case Fact.OnlyOne onlyOne -> Optional.of(onlyOne.capability());
            case Fact.Wanted _, Fact.Restricts _, Fact.Pinned _, Fact.Excluded _, Fact.NotAccepted _ ->
                throw new AssertionError("the samples ask for no such thing: " + fact);
        };
    }

    /** What a fact asks for or forbids. */
    static List<Target> targets(Fact fact) {
        return switch (fact) {
            case Fact.Needs needs -> needs.requirement().targets();
            case Fact.Conflicts conflicts -> List.of(conflicts.target());
            case Fact.Asked _, Fact.OnlyOne _ -> List.of();
            case Fact.Wanted _, Fact.Restricts _, Fact.Pinned _, Fact.Excluded _, Fact.NotAccepted _ ->
                throw new AssertionError("the samples ask for no such thing: " + fact);
        };
    }

    /** A fact in a line. */
    static String sentence(Fact fact) {
        String subject = subject(fact).orElse("");
        return switch (fact) {
            case Fact.Asked asked -> "asked " + line(asked.target());
            case Fact.Needs needs ->
                subject + " " + needs.version() + " needs "
                        + needs.requirement().targets().stream()
                                .map(CoreCatalogue::line)
                                .toList();
            case Fact.Conflicts conflicts ->
                subject + " " + conflicts.version() + " conflicts with " + line(conflicts.target());
            case Fact.OnlyOne _ -> "only one " + subject;
            case Fact.Wanted _, Fact.Restricts _, Fact.Pinned _, Fact.Excluded _, Fact.NotAccepted _ ->
                throw new AssertionError("the samples ask for no such thing: " + fact);
        };
    }

    private static String line(Target target) {
        return Objects.requireNonNullElse(target.capability(), target.service()) + " " + target.range();
    }

    private static boolean is(VersionDocument version, String capability, String number) {
        return version.capability().equals(capability) && version.version().equals(number);
    }

    private static Target withRange(Target target) {
        return new Target(target.capability(), target.service(), Objects.requireNonNullElse(target.range(), "*"));
    }
}
