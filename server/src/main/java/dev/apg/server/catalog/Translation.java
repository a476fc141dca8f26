package dev.apg.server.catalog;

import dev.apg.contract.capability.Status;
import dev.apg.contract.capability.VersionState;
import dev.apg.resolver.CapabilityVersion;
import dev.apg.resolver.Mark;
import dev.apg.resolver.Provision;
import dev.apg.resolver.Requirement;
import dev.apg.resolver.Strength;
import dev.apg.resolver.Target;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import dev.apg.server.capability.PublishedCapability;
import dev.apg.server.capability.PublishedService;
import dev.apg.server.capability.PublishedVersion;
import dev.apg.server.capability.VersionStructure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns rows into what the snapshot and the resolver hold. One of it serves one load: texts and ranges that repeat are
 * read once and become the same object. Not safe for several threads.
 */
final class Translation {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<List<String>, List<String>> tagLists = new HashMap<>();
    private final Map<String, VersionRange> ranges = new HashMap<>();
    private final Map<String, SemVer> numbers = new HashMap<>();

    /** The parts of a structure that the resolver knows. */
    private record Facts(List<Provision> provides, List<Requirement> requirements, List<Target> conflicts, long cost) {}

    Snapshot.Change change(PublishedCapability capability) {
        String code = capability.code();
        Map<VersionStructure, Facts> known = new IdentityHashMap<>();
        List<CapabilityVersion> versions = new ArrayList<>(capability.versions().size());
        List<VersionEntry> entries = new ArrayList<>(capability.versions().size());
        for (PublishedVersion version : capability.versions()) {
            SemVer number = number(version.number());
            entries.add(new VersionEntry(
                    number, version.state(), version.publishedAt(), version.digest(), version.stateReason()));
            if (version.state() != VersionState.PURGED) {
                Facts facts = known.computeIfAbsent(version.structure(), this::facts);
                versions.add(new CapabilityVersion(
                        code,
                        number,
                        marks(version.state(), capability.status()),
                        facts.provides(),
                        facts.requirements(),
                        facts.conflicts(),
                        facts.cost()));
            }
        }
        return new Snapshot.Change(entry(capability, VersionTable.of(entries)), versions);
    }

    private CapabilityEntry entry(PublishedCapability row, VersionTable versions) {
        var text = new CapabilityText(row.description(), row.keywords());
        return new CapabilityEntry(
                row.id(),
                row.code(),
                row.displayName().equals(row.code()) ? row.code() : row.displayName(),
                text(row.category()),
                text(row.subcategory()),
                text(row.owner()),
                tagLists.computeIfAbsent(
                        row.tags(), tags -> tags.stream().map(this::text).toList()),
                row.status(),
                row.edition(),
                Micros.of(row.createdAt()),
                Micros.of(row.updatedAt()),
                text.isShort() ? text : null,
                versions);
    }

    /** A version that nobody published, as it would be. */
    CapabilityVersion supposed(String code, SemVer number, VersionStructure structure, Set<Mark> marks) {
        Facts facts = facts(structure);
        return new CapabilityVersion(
                code, number, marks, facts.provides(), facts.requirements(), facts.conflicts(), facts.cost());
    }

    ServiceEntry service(PublishedService row) {
        return new ServiceEntry(row.id(), row.code(), row.description());
    }

    /** What stands between a version and being chosen; the policy of a resolution may accept it. */
    static Set<Mark> marks(VersionState state, Status status) {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        switch (state) {
            case PENDING -> marks.add(Mark.UNAPPROVED);
            case DEPRECATED -> marks.add(Mark.DEPRECATED);
            case YANKED -> marks.add(Mark.YANKED);
            case PUBLISHED, PURGED -> {}
        }
        switch (status) {
            case DEPRECATED -> marks.add(Mark.DEPRECATED);
            case RETIRED -> marks.add(Mark.RETIRED);
            case DISCOVERED, REGISTERED, VALIDATED, ACTIVE -> {}
        }
        return marks;
    }

    private Facts facts(VersionStructure structure) {
        return new Facts(
                structure.provides().stream()
                        .map(provision -> new Provision(text(provision.service()), number(provision.version())))
                        .toList(),
                structure.requirements().stream()
                        .map(requirement -> new Requirement(
                                text(requirement.name()),
                                strength(requirement.strength()),
                                targets(requirement.targets())))
                        .toList(),
                targets(structure.conflicts()),
                structure.cost());
    }

    private List<Target> targets(List<VersionStructure.Target> targets) {
        return targets.stream().map(this::target).toList();
    }

    private Target target(VersionStructure.Target target) {
        VersionRange range = ranges.computeIfAbsent(target.range(), VersionRange::parse);
        return switch (target.kind()) {
            case CAPABILITY -> Target.capability(text(target.code()), range);
            case SERVICE -> Target.service(text(target.code()), range);
        };
    }

    private static Strength strength(dev.apg.contract.capability.Strength strength) {
        return switch (strength) {
            case REQUIRED -> Strength.REQUIRED;
            case OPTIONAL -> Strength.OPTIONAL;
            case RECOMMENDED -> Strength.RECOMMENDED;
            case ENHANCING -> Strength.ENHANCING;
        };
    }

    private SemVer number(String text) {
        return numbers.computeIfAbsent(text, SemVer::parse);
    }

    private String text(String text) {
        String known = texts.putIfAbsent(text, text);
        return known == null ? text : known;
    }
}
