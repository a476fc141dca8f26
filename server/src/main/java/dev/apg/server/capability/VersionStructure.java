package dev.apg.server.capability;

import dev.apg.contract.capability.Provision;
import dev.apg.contract.capability.Strength;
import dev.apg.contract.capability.VersionDocument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What resolving needs of a version's document. Kept in the column {@code version.structure}, so that a snapshot loads
 * without parsing documents.
 *
 * <p>Codes are in lower case, ranges and numbers are valid, no requirement is without a target.
 *
 * @param cost whole units that the tenant agrees on, 0 to 10^12
 */
public record VersionStructure(
        List<Provision> provides, List<Requirement> requirements, List<Target> conflicts, long cost) {

    /** Of a version that provides, requires and excludes nothing. */
    public static final VersionStructure EMPTY = new VersionStructure(List.of(), List.of(), List.of(), 0);

    public VersionStructure {
        provides = List.copyOf(provides);
        requirements = List.copyOf(requirements);
        conflicts = List.copyOf(conflicts);
    }

    /**
     * A need of the version: any one of the targets meets it.
     *
     * @param name unique inside the version
     */
    public record Requirement(String name, Strength strength, List<Target> targets) {
        public Requirement {
            targets = List.copyOf(targets);
        }
    }

    /**
     * A capability or a service, in a range of its versions.
     *
     * @param range npm's grammar; {@code *} for any
     */
    public record Target(Kind kind, String code, String range) {
        static Target of(dev.apg.contract.capability.Target target) {
            String range = target.range() == null ? "*" : target.range();
            return target.capability() != null
                    ? new Target(Kind.CAPABILITY, target.capability(), range)
                    : new Target(Kind.SERVICE, given(target.service()), range);
        }
    }

    /** What a code names. */
    public enum Kind {
        CAPABILITY,
        SERVICE
    }

    /** Of a document in canonical form. */
    static VersionStructure of(VersionDocument document) {
        return new VersionStructure(
                document.provides(),
                document.requirements().stream()
                        .map(requirement -> new Requirement(
                                given(requirement.name()),
                                requirement.strength() == null ? Strength.REQUIRED : requirement.strength(),
                                requirement.targets().stream().map(Target::of).toList()))
                        .toList(),
                document.conflicts().stream().map(Target::of).toList(),
                document.cost());
    }

    private static String given(@Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException("the document is not in canonical form");
        }
        return text;
    }

    /** The compact form of the column; {@link #fromJson} reads it back equal. */
    public String toJson() {
        return StructureJson.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote: linear in the text.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static VersionStructure fromJson(String json) {
        return StructureJson.read(json);
    }
}
