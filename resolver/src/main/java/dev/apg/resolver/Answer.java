package dev.apg.resolver;

import dev.apg.resolver.Chosen.Pick;
import dev.apg.resolver.engine.Needs;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the variables that a search chose into entries, bindings and notes. */
final class Answer {
    /** So that a very popular thing does not drown the answer in advertisement. */
    private static final int MAX_SUGGESTIONS = 100;

    private final Universe universe;
    private final Encoding encoding;
    private final Choice choice;
    private final Chosen chosen;
    private final Map<Integer, CapabilityVersion> versions = new LinkedHashMap<>();
    private final List<Binding> bindings = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /** By code, the needs that its entry meets. */
    private final Map<String, List<Link>> met = new HashMap<>();

    Answer(Universe universe, Encoding encoding, Choice choice) {
        this.universe = universe;
        this.encoding = encoding;
        this.choice = choice;
        this.chosen = new Chosen(universe, encoding.matching(), encoding.rule());
        for (int variable : choice.needs().keySet()) {
            VersionBlock block = Objects.requireNonNull(encoding.blockOf(variable));
            chosen.add(block, encoding.ordinalOf(variable));
            versions.put(variable, block.read(encoding.ordinalOf(variable), universe.symbols));
        }
    }

    Resolution.Solved build(Optimality optimality) {
        bindNeedsOf(encoding.requestVariable);
        versions.forEach((variable, version) -> {
            bindNeedsOf(variable);
            bindOwn(version);
            bindOptional(version);
        });
        bindings.sort(Comparator.comparing(Answer::consumerOf).thenComparing(Answer::needName));
        leftOut.sort(Comparator.comparing((LeftOut each) -> each.consumer().code())
                .thenComparing(each -> each.requirement().name()));
        StartOrder start = StartOrder.of(neededCodes());
        Map<String, Entry> entries = entries();
        return new Resolution.Solved(
                start.codes().stream()
                        .map(code -> Objects.requireNonNull(entries.get(code)))
                        .toList(),
                bindings,
                leftOut,
                suggestions(),
                start.cycles(),
                optimality,
                encoding.solver.steps());
    }

    private static String consumerOf(Binding binding) {
        return switch (binding.need()) {
            case Link.Asked _ -> "";
            case Link.Needed(ExactVersion consumer, Requirement _) -> consumer.code();
        };
    }

    private static String needName(Binding binding) {
        return switch (binding.need()) {
            case Link.Asked(Root root) -> root.target().code();
            case Link.Needed(ExactVersion _, Requirement requirement) -> requirement.name();
        };
    }

    /** The need as callers know it; null for a version that was only asked about. */
    private @Nullable Link link(int need) {
        int tag = encoding.needs.tag(need);
        return switch (encoding.tags.kind(tag)) {
            case ASKED -> new Link.Asked(encoding.roots.get(encoding.tags.a(tag)));
            case NEEDS -> {
                CapabilityVersion consumer = Objects.requireNonNull(versions.get(encoding.tags.a(tag)));
                yield new Link.Needed(consumer.exact(), consumer.requirements().get(encoding.tags.b(tag)));
            }
            case WANTED, RESTRICTS, CONFLICTS, PINNED, EXCLUDED, NOT_ACCEPTED -> null;
        };
    }

    private static List<Target> targetsOf(Link link) {
        return switch (link) {
            case Link.Asked(Root root) -> List.of(root.target());
            case Link.Needed(ExactVersion _, Requirement requirement) -> requirement.anyOf();
        };
    }

    private void bindNeedsOf(int consumer) {
        Needs needs = encoding.needs;
        for (int need = needs.from(consumer); need < needs.to(consumer); need++) {
            Link link = link(need);
            if (link == null) {
                continue;
            }
            int provider = providerOf(need);
            if (provider >= 0) {
                VersionBlock block = Objects.requireNonNull(encoding.blockOf(provider));
                bind(link, new Pick(block, encoding.ordinalOf(provider)));
            } else {
                leaveOut(need, (Link.Needed) link);
            }
        }
    }

    private int providerOf(int need) {
        Needs needs = encoding.needs;
        for (int i = needs.start(need); i < needs.end(need); i++) {
            if (choice.has(needs.candidate(i))) {
                return needs.candidate(i);
            }
        }
        return -1;
    }

    private void bind(Link link, Pick provider) {
        for (Target target : targetsOf(link)) {
            if (chosen.meets(provider, target, encoding.rule())) {
                bindings.add(new Binding(link, target, chosen.exact(provider)));
                met.computeIfAbsent(chosen.code(provider.block()), _ -> new ArrayList<>())
                        .add(link);
                return;
            }
        }
        throw new IllegalStateException("provider " + chosen.exact(provider) + " meets no target of " + link);
    }

    /** What a version needs and provides itself; a need like that never reaches the search. */
    private void bindOwn(CapabilityVersion version) {
        Pick self = Objects.requireNonNull(chosen.of(version.code()));
        for (Requirement requirement : version.requirements()) {
            if (requirement.strength() == Strength.REQUIRED || requirement.strength() == Strength.RECOMMENDED) {
                requirement.anyOf().stream()
                        .filter(target -> isAbout(target, self) && chosen.fits(self, target))
                        .findFirst()
                        .ifPresent(target -> bindings.add(
                                new Binding(new Link.Needed(version.exact(), requirement), target, version.exact())));
            }
        }
    }

    private boolean isAbout(Target target, Pick pick) {
        return chosen.present(target).contains(pick);
    }

    private void bindOptional(CapabilityVersion version) {
        for (Requirement requirement : version.requirements()) {
            if (requirement.strength() == Strength.OPTIONAL) {
                Target target = requirement.anyOf().getFirst();
                for (Pick present : chosen.present(target)) {
                    if (chosen.fits(present, target)) {
                        Link link = new Link.Needed(version.exact(), requirement);
                        bindings.add(new Binding(link, target, chosen.exact(present)));
                        met.computeIfAbsent(chosen.code(present.block()), _ -> new ArrayList<>())
                                .add(link);
                        break;
                    }
                }
            }
        }
    }

    private Map<String, Set<String>> neededCodes() {
        Map<String, Set<String>> needed = new HashMap<>();
        versions.values().forEach(version -> needed.put(version.code(), new LinkedHashSet<>()));
        for (Binding binding : bindings) {
            if (binding.need() instanceof Link.Needed(ExactVersion consumer, Requirement _)) {
                Objects.requireNonNull(needed.get(consumer.code()))
                        .add(binding.provider().code());
            }
        }
        return needed;
    }

    private Map<String, Entry> entries() {
        Map<String, Entry> entries = new HashMap<>();
        Map<Integer, Chain> chains = new HashMap<>();
        for (Map.Entry<Integer, Integer> each : choice.needs().entrySet()) {
            int variable = each.getKey();
            int need = each.getValue();
            Link link = link(need);
            CapabilityVersion version = Objects.requireNonNull(versions.get(variable));
            Link last = link != null ? link : new Link.Asked(new Root(Encoding.exactly(version.exact())));
            Chain chain = new Chain(chains.get(encoding.needs.consumer(need)), last);
            chains.put(variable, chain);
            Pick pick = Objects.requireNonNull(chosen.of(version.code()));
            entries.put(version.code(), new Entry(version.exact(), chain, version.marks(), heldBack(variable, pick)));
        }
        return entries;
    }

    private @Nullable HeldBack heldBack(int variable, Pick pick) {
        List<SemVer> numbers = pick.block().numbers;
        boolean prereleases =
                encoding.request().policy().prereleases() || pick.number().isPrerelease();
        int newest = numbers.size() - 1;
        while (newest > pick.ordinal() && !prereleases && numbers.get(newest).isPrerelease()) {
            newest--;
        }
        if (newest <= pick.ordinal()) {
            return null;
        }
        Pick better = new Pick(pick.block(), newest);
        return new HeldBack(better.number(), causeAgainst(variable, better));
    }

    private HeldBack.Cause causeAgainst(int variable, Pick better) {
        Fact ruledOut = encoding.whyRuledOut(encoding.variablesOf(better.block()) + better.ordinal());
        if (ruledOut instanceof Fact.Pinned) {
            return new HeldBack.Cause.Pinned();
        }
        if (ruledOut instanceof Fact.Excluded(Target exclusion)) {
            return new HeldBack.Cause.Excluded(exclusion);
        }
        if (ruledOut instanceof Fact.NotAccepted(ExactVersion _, Mark mark)) {
            return new HeldBack.Cause.NotAccepted(mark);
        }
        for (Link link : met.getOrDefault(chosen.code(better.block()), List.of())) {
            if (targetsOf(link).stream().noneMatch(target -> chosen.meets(better, target, encoding.rule()))) {
                return new HeldBack.Cause.Range(link);
            }
        }
        for (CapabilityVersion other : versions.values()) {
            for (Target conflict : other.conflicts()) {
                if (!other.code().equals(chosen.code(better.block()))
                        && chosen.meets(better, conflict, PrereleaseRule.INCLUDE)) {
                    return new HeldBack.Cause.Conflict(other.exact());
                }
            }
        }
        return switch (chosen.obstacleTo(better)) {
            case Chosen.Obstacle.Conflict(ExactVersion other) -> new HeldBack.Cause.Conflict(other);
            case Chosen.Obstacle.OwnNeed(Requirement requirement) -> new HeldBack.Cause.OwnNeed(requirement);
            case null -> encoding.isLocked(variable) ? new HeldBack.Cause.Locked() : new HeldBack.Cause.Combination();
        };
    }

    private void leaveOut(int need, Link.Needed link) {
        Needs needs = encoding.needs;
        boolean possible = needs.start(need) < needs.end(need);
        String consumer = link.consumer().toString();
        String what = Phrases.targets(link.requirement().anyOf());
        if (!possible) {
            boolean exists = needs.hasRuledOut(need);
            LeftOut.Cause cause = exists ? LeftOut.Cause.RULED_OUT : LeftOut.Cause.NOTHING_MEETS_IT;
            String why = consumer + " recommends " + what + ", but "
                    + (exists ? "all versions that would do are ruled out by the request." : "nothing meets that.");
            leftOut.add(new LeftOut(link.consumer(), link.requirement(), cause, why));
            return;
        }
        int first = needs.candidate(needs.start(need));
        Pick pick = new Pick(Objects.requireNonNull(encoding.blockOf(first)), encoding.ordinalOf(first));
        boolean free = encoding.request().policy().objective() == Objective.NEWEST;
        Chosen.Obstacle obstacle = chosen.obstacleTo(pick);
        String because = switch (obstacle) {
            case Chosen.Obstacle.Conflict(ExactVersion other) -> " conflicts with " + other + ".";
            case Chosen.Obstacle.OwnNeed(Requirement requirement) ->
                " needs " + Phrases.targets(requirement.anyOf()) + ".";
            case null -> free ? " cannot be chosen beside the rest." : " would make the whole worse.";
        };
        leftOut.add(new LeftOut(
                link.consumer(),
                link.requirement(),
                obstacle != null || free ? LeftOut.Cause.CONTRADICTS_CHOICE : LeftOut.Cause.OBJECTIVE,
                consumer + " recommends " + what + ", but " + chosen.exact(pick) + because));
    }

    private List<Suggestion> suggestions() {
        List<Suggestion> found = new ArrayList<>();
        for (Pick present : chosen.inCodeOrder()) {
            CapabilityVersion version = present.block().read(present.ordinal(), universe.symbols);
            suggest(present, universe.enhancers(Target.Kind.CAPABILITY, version.code()), found);
            for (Provision provision : version.provides()) {
                suggest(present, universe.enhancers(Target.Kind.SERVICE, provision.service()), found);
            }
        }
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing((Suggestion each) -> each.version().code())
                        .thenComparing(each -> each.present().code()))
                .toList();
    }

    private void suggest(Pick present, List<String> codes, List<Suggestion> found) {
        for (String code : codes) {
            VersionBlock block = universe.block(universe.symbols.names.known(code));
            if (found.size() >= MAX_SUGGESTIONS || block == null || chosen.of(code) != null) {
                continue;
            }
            for (int i = block.size() - 1; i >= 0; i--) {
                if (encoding.isAcceptable(block, i)) {
                    suggest(present, block.read(i, universe.symbols), found);
                    break;
                }
            }
        }
    }

    private void suggest(Pick present, CapabilityVersion version, List<Suggestion> found) {
        for (Requirement requirement : version.requirements()) {
            if (requirement.strength() == Strength.ENHANCING
                    && requirement.anyOf().stream()
                            .anyMatch(target -> isAbout(target, present) && chosen.fits(present, target))) {
                found.add(new Suggestion(version.exact(), requirement, chosen.exact(present)));
                return;
            }
        }
    }
}
