package dev.apg.resolver;

import dev.apg.resolver.engine.IntMap;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A set of chosen versions, one for each capability, and questions about what stands beside them. */
final class Chosen {
    /** A chosen version. */
    record Pick(VersionBlock block, int ordinal) {
        SemVer number() {
            return block.numbers.get(ordinal);
        }
    }

    private final Universe universe;
    private final Encoding encoding;
    private final Matching matching;
    private final PrereleaseRule rule;

    /** By position: in the order in which they were added. */
    private final List<Pick> picks = new ArrayList<>();

    private final List<CapabilityVersion> versions = new ArrayList<>();
    private final List<ExactVersion> exacts = new ArrayList<>();

    /** By the id of the capability's code. */
    private final IntMap positions = new IntMap();

    /** By what they are about; null until somebody asks. */
    private @Nullable Map<Subject, List<Objection>> objections;

    /** By the id of a service's code, the chosen providers by code. */
    private final Map<Integer, TreeMap<String, Pick>> providers = new HashMap<>();

    Chosen(Universe universe, Encoding encoding) {
        this.universe = universe;
        this.encoding = encoding;
        this.matching = encoding.matching();
        this.rule = encoding.rule();
    }

    void add(VersionBlock block, int ordinal) {
        Pick pick = new Pick(block, ordinal);
        CapabilityVersion version = block.read(ordinal, universe.symbols);
        positions.put(block.name, picks.size());
        picks.add(pick);
        versions.add(version);
        exacts.add(version.exact());
        int at = block.start(ordinal);
        int end = at + 1 + 2 * block.data[at];
        for (at++; at < end; at += 2) {
            providers.computeIfAbsent(block.data[at], _ -> new TreeMap<>()).put(version.code(), pick);
        }
    }

    Pick pick(int position) {
        return picks.get(position);
    }

    CapabilityVersion version(int position) {
        return versions.get(position);
    }

    ExactVersion exact(int position) {
        return exacts.get(position);
    }

    /** The position of a chosen version. */
    int position(Pick pick) {
        return positions.get(pick.block.name);
    }

    ExactVersion exact(Pick pick) {
        return new ExactVersion(universe.symbols.names.value(pick.block.name), pick.number());
    }

    /** The chosen version of the capability whose code has this id. */
    @Nullable
    Pick ofName(int name) {
        int position = name < 0 ? -1 : positions.get(name);
        return position < 0 ? null : picks.get(position);
    }

    /** The chosen versions that a target could be about, whatever its range: by code. */
    Collection<Pick> present(Target target) {
        int name = universe.symbols.names.known(target.code());
        return switch (target.kind()) {
            case CAPABILITY -> {
                Pick pick = ofName(name);
                yield pick == null ? List.of() : List.of(pick);
            }
            case SERVICE -> {
                TreeMap<String, Pick> found = providers.get(name);
                yield found == null ? List.of() : found.values();
            }
        };
    }

    CapabilityVersion read(Pick pick) {
        return pick.block.read(pick.ordinal, universe.symbols);
    }

    boolean meets(Pick pick, Target target, PrereleaseRule rule) {
        return matching.meets(pick.block, pick.ordinal, target, rule);
    }

    /** Whether the range of an optional requirement holds for a present version: its own number does not matter. */
    boolean fits(Pick pick, Target target) {
        int code = universe.symbols.names.known(target.code());
        return target.kind() == Target.Kind.SERVICE
                ? matching.providesItself(pick.block, pick.ordinal, code, target.range(), rule)
                : target.range().admits(pick.number(), rule);
    }

    /**
     * What a version that is not chosen has against the others that are, in the place of the chosen version of its capability;
     * null if nothing single does.
     */
    @Nullable
    Obstacle obstacleTo(Pick candidate) {
        CapabilityVersion version = read(candidate);
        for (Target conflict :
                version.conflicts().stream().sorted(Encoding.BY_CODE).toList()) {
            for (Pick present : others(conflict, candidate)) {
                if (meets(present, conflict, PrereleaseRule.INCLUDE)) {
                    return new Obstacle.Conflict(exact(present));
                }
            }
        }
        return version.requirements().stream()
                .filter(requirement -> contradicts(requirement, candidate))
                .min(Comparator.comparing(Requirement::name))
                .map(Obstacle.OwnNeed::new)
                .orElse(null);
    }

    /** The chosen versions of other capabilities that a target could be about. */
    List<Pick> others(Target target, Pick candidate) {
        return present(target).stream()
                .filter(pick -> pick.block != candidate.block)
                .toList();
    }

    /** Whether a requirement cannot be met beside what is chosen: nothing chosen meets it, or something breaks it. */
    private boolean contradicts(Requirement requirement, Pick consumer) {
        return switch (requirement.strength()) {
            case REQUIRED ->
                requirement.anyOf().stream()
                        .noneMatch(target -> meets(consumer, target, rule)
                                || isOpen(target)
                                || others(target, consumer).stream().anyMatch(pick -> meets(pick, target, rule)));
            case OPTIONAL -> {
                Target target = requirement.anyOf().getFirst();
                yield others(target, consumer).stream().anyMatch(pick -> !fits(pick, target));
            }
            case RECOMMENDED, ENHANCING -> false;
        };
    }

    /** Whether some version of a capability that is not chosen could still meet a target. */
    private boolean isOpen(Target target) {
        boolean service = target.kind() == Target.Kind.SERVICE;
        int code = universe.symbols.names.known(target.code());
        if (code < 0 || (!service && ofName(code) != null)) {
            return false;
        }
        boolean[] found = new boolean[1];
        matching.each(service, code, target.range(), rule, (block, first, last) -> {
            for (int i = last; i >= first && !found[0] && ofName(block.name) == null; i--) {
                found[0] = !encoding.refuses(block, i);
            }
        });
        return found[0];
    }

    /** The first that was chosen of those that conflict with a version that is not. */
    Optional<ExactVersion> conflictsWith(Pick candidate) {
        return objectionsTo(candidate)
                .filter(Objection::conflict)
                .min(Comparator.comparingInt(Objection::by))
                .map(each -> exact(each.by));
    }

    /** The first that was chosen of those that have something against a version that is not. */
    Optional<Objection> objectionTo(Pick candidate) {
        return objectionsTo(candidate).min(Comparator.comparingInt(Objection::by));
    }

    private Stream<Objection> objectionsTo(Pick candidate) {
        CapabilityVersion version = read(candidate);
        return Stream.concat(
                        objections(Target.capability(version.code(), "*")).stream(),
                        version.provides().stream()
                                .flatMap(provision -> objections(Target.service(provision.service(), "*")).stream()))
                .filter(each -> picks.get(each.by).block != candidate.block
                        && (each.conflict
                                ? meets(candidate, each.to, PrereleaseRule.INCLUDE)
                                : !fits(candidate, each.to)));
    }

    private List<Objection> objections(Target about) {
        if (objections == null) {
            objections = new HashMap<>();
            for (int i = 0; i < picks.size(); i++) {
                for (Target conflict : versions.get(i).conflicts()) {
                    note(new Objection(i, conflict, true));
                }
                for (Requirement requirement : versions.get(i).requirements()) {
                    if (requirement.strength() == Strength.OPTIONAL) {
                        note(new Objection(i, requirement.anyOf().getFirst(), false));
                    }
                }
            }
        }
        return objections.getOrDefault(new Subject(about.kind(), about.code()), List.of());
    }

    private void note(Objection objection) {
        Objects.requireNonNull(objections)
                .computeIfAbsent(new Subject(objection.to.kind(), objection.to.code()), _ -> new ArrayList<>())
                .add(objection);
    }

    private record Subject(Target.Kind kind, String code) {}

    /**
     * What a chosen version does not want beside it.
     *
     * @param by its position
     * @param conflict whether it conflicts with the target; else it works only with that, if it is there
     */
    record Objection(int by, Target to, boolean conflict) {}

    /** What stands in the way of a version. */
    sealed interface Obstacle {
        record Conflict(ExactVersion other) implements Obstacle {}

        record OwnNeed(Requirement requirement) implements Obstacle {}
    }
}
