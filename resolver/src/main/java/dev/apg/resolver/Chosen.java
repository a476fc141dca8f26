package dev.apg.resolver;

import dev.apg.resolver.engine.IntMap;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    private final Matching matching;
    private final PrereleaseRule rule;

    /** By position: in the order in which they were added. */
    private final List<Pick> picks = new ArrayList<>();

    private final List<CapabilityVersion> versions = new ArrayList<>();
    private final List<ExactVersion> exacts = new ArrayList<>();

    /** By the id of the capability's code. */
    private final IntMap positions = new IntMap();

    /** By the id of a service's code, the chosen providers by code. */
    private final Map<Integer, TreeMap<String, Pick>> providers = new HashMap<>();

    Chosen(Universe universe, Matching matching, PrereleaseRule rule) {
        this.universe = universe;
        this.matching = matching;
        this.rule = rule;
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

    /** What keeps a version out that is not chosen, beside the others that are; null if nothing single does. */
    @Nullable
    Obstacle obstacleTo(Pick candidate) {
        CapabilityVersion version = read(candidate);
        for (Target conflict : version.conflicts()) {
            for (Pick present : present(conflict)) {
                if (present.block != candidate.block && meets(present, conflict, PrereleaseRule.INCLUDE)) {
                    return new Obstacle.Conflict(exact(present));
                }
            }
        }
        for (Requirement requirement : version.requirements()) {
            if (contradicts(requirement, candidate)) {
                return new Obstacle.OwnNeed(requirement);
            }
        }
        return null;
    }

    /** Whether a requirement cannot be met beside what is chosen: nothing chosen meets it, or something breaks it. */
    private boolean contradicts(Requirement requirement, Pick consumer) {
        return switch (requirement.strength()) {
            case REQUIRED -> {
                for (Target target : requirement.anyOf()) {
                    if (isOpen(target) || present(target).stream().anyMatch(pick -> meets(pick, target, rule))) {
                        yield false;
                    }
                }
                yield true;
            }
            case OPTIONAL -> {
                Target target = requirement.anyOf().getFirst();
                yield present(target).stream().anyMatch(pick -> pick.block != consumer.block && !fits(pick, target));
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
        matching.each(service, code, target.range(), rule, (block, _, _) -> found[0] |= ofName(block.name) == null);
        return found[0];
    }

    /** What stands in the way of a version. */
    sealed interface Obstacle {
        record Conflict(ExactVersion other) implements Obstacle {}

        record OwnNeed(Requirement requirement) implements Obstacle {}
    }
}
