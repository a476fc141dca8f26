package dev.apg.bench.catalogue;

import dev.apg.resolver.CapabilityVersion;
import dev.apg.resolver.Mark;
import dev.apg.resolver.Provision;
import dev.apg.resolver.Requirement;
import dev.apg.resolver.Root;
import dev.apg.resolver.Strength;
import dev.apg.resolver.Target;
import dev.apg.resolver.Universe;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A catalogue of {@code capabilities} times {@code versions} that looks like a real one: layers, popular foundations,
 * services with several providers, any-of groups, recommendations, conflicts, pairs that need each other, yanked and
 * deprecated versions, ranges that lag behind. The same seed gives the same catalogue; each capability can be made
 * without the others, so a big catalogue is never in memory.
 *
 * <p>It always has a solution: the first versions of all capabilities go together.
 */
public final class SyntheticCatalogue {
    /** Fewer capabilities do not fill the layers. */
    public static final int MIN_CAPABILITIES = 100;

    public static final int MAX_CAPABILITIES = 1_000_000;

    public static final int MAX_VERSIONS = 1_000;

    /**
     * One capability in so many needs its neighbour, which needs it in turn: those with an index that is a multiple of
     * this and the next ones.
     */
    public static final int PAIR_EVERY = 97;

    private final int capabilities;
    private final int versions;
    private final long seed;
    private final Layers layers;
    private final Services services;

    /**
     * @param capabilities {@link #MIN_CAPABILITIES} to {@link #MAX_CAPABILITIES}
     * @param versions of each capability, 1 to {@link #MAX_VERSIONS}
     */
    public SyntheticCatalogue(int capabilities, int versions, long seed) {
        requireBetween("capabilities", capabilities, MIN_CAPABILITIES, MAX_CAPABILITIES);
        requireBetween("versions", versions, 1, MAX_VERSIONS);
        this.capabilities = capabilities;
        this.versions = versions;
        this.seed = seed;
        this.layers = new Layers(capabilities);
        this.services = new Services(capabilities, layers, seed);
    }

    private static void requireBetween(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s: %d (expected: %d to %d)".formatted(what, value, least, most));
        }
    }

    public int capabilities() {
        return capabilities;
    }

    /** All versions, in an order in which they can be published: what is needed comes first, but for cycles. */
    public Stream<CapabilityVersion> all() {
        return IntStream.range(0, capabilities).boxed().flatMap(index -> versions(index).stream());
    }

    /** All versions as the solver takes them. */
    public Universe universe() {
        Universe.Builder builder = Universe.builder();
        all().forEach(builder::add);
        return builder.build();
    }

    /** The versions of the capability with this index, oldest first. */
    public List<CapabilityVersion> versions(int index) {
        List<SemVer> numbers = numbers(index);
        List<Need> needs = needs(index);
        Dice dice = new Dice(seed, "versions", index);
        long cost = 10 * (1 + dice.below(100));
        List<CapabilityVersion> made = new ArrayList<>(versions);
        for (int release = 0; release < versions; release++) {
            made.add(new CapabilityVersion(
                    Words.code(index),
                    numbers.get(release),
                    marks(release, dice),
                    provisions(index, release),
                    requirements(needs, release),
                    conflicts(index, release, needs),
                    cost));
        }
        return made;
    }

    /** Members for a composition: distinct applications, in any version. Different salts give different ones. */
    public List<Root> roots(int count, long salt) {
        int first = layers.firstApplication();
        requireBetween("roots", count, 1, capabilities - first);
        Dice dice = new Dice(seed, "roots", salt);
        Set<Integer> chosen = new LinkedHashSet<>();
        while (chosen.size() < count) {
            chosen.add(first + dice.below(capabilities - first));
        }
        return chosen.stream()
                .map(index -> Root.capability(Words.code(index), "*"))
                .toList();
    }

    /**
     * Members for a composition that is one application: an application and what it needs, nearest first, in any
     * version; where that is too little, another application with what that one needs. Different salts give different
     * ones.
     */
    public List<Root> members(int count, long salt) {
        int first = layers.firstApplication();
        requireBetween("members", count, 1, capabilities - first);
        Dice dice = new Dice(seed, "members", salt);
        Set<String> chosen = new LinkedHashSet<>();
        while (chosen.size() < count) {
            Queue<Integer> next = new ArrayDeque<>(List.of(first + dice.below(capabilities - first)));
            while (!next.isEmpty() && chosen.size() < count) {
                int index = next.remove();
                if (chosen.add(Words.code(index))) {
                    needs(index).stream()
                            .flatMap(need -> need.anyOf().stream())
                            .filter(candidate -> candidate.kind() == Target.Kind.CAPABILITY)
                            .forEach(candidate -> next.add(candidate.index()));
                }
            }
        }
        return chosen.stream().map(code -> Root.capability(code, "*")).toList();
    }

    private List<SemVer> numbers(int index) {
        return Releases.numbers(versions, new Dice(seed, "numbers", index));
    }

    private List<Need> needs(int index) {
        List<Need> needs = new ArrayList<>();
        int layer = layers.of(index);
        Dice dice = new Dice(seed, "needs", index);
        Set<String> codes = new HashSet<>();
        int count = layer == 0 ? 0 : layers.needs(layer, dice);
        for (int i = 0; i < count; i++) {
            List<Need.Candidate> anyOf = new ArrayList<>();
            for (int targets = dice.percent(10) ? 2 + dice.below(2) : 1; targets > 0; targets--) {
                Need.Candidate candidate = candidate(layer, dice);
                if (codes.add(candidate.kind() + candidate.code())) {
                    anyOf.add(candidate);
                }
            }
            if (!anyOf.isEmpty()) {
                needs.add(need(anyOf, dice));
            }
        }
        neighbourInCycle(index, layer).stream()
                .filter(neighbour -> codes.add(neighbour.kind() + neighbour.code()))
                .map(neighbour -> new Need(Strength.REQUIRED, List.of(neighbour), Need.Style.AT_LEAST, 0, versions, 0))
                .forEach(needs::add);
        return needs;
    }

    private Need.Candidate candidate(int layer, Dice dice) {
        int below = layers.pickBelow(layer, dice);
        int service = services.nearest(below);
        if (dice.percent(20) && services.providersEnd(service) <= layers.start(layer)) {
            List<SemVer> offered =
                    IntStream.range(0, versions).mapToObj(Services::offered).toList();
            return new Need.Candidate(Target.Kind.SERVICE, service, offered);
        }
        return capability(below);
    }

    private Need.Candidate capability(int index) {
        return new Need.Candidate(Target.Kind.CAPABILITY, index, numbers(index));
    }

    private Need need(List<Need.Candidate> anyOf, Dice dice) {
        int firstRelease = dice.percent(75) ? 0 : dice.below(versions);
        return new Need(
                strength(anyOf.size(), dice), anyOf, Need.style(dice), firstRelease, 1 + dice.below(5), dice.below(3));
    }

    private static Strength strength(int targets, Dice dice) {
        int chance = dice.below(100);
        if (chance < 84) {
            return Strength.REQUIRED;
        }
        if (chance < 92) {
            return Strength.RECOMMENDED;
        }
        return chance < 97 && targets == 1 ? Strength.OPTIONAL : Strength.ENHANCING;
    }

    /** Every so often a capability and the next one in its layer need each other. */
    private List<Need.Candidate> neighbourInCycle(int index, int layer) {
        int place = index % PAIR_EVERY;
        if (layer == 0 || place > 1) {
            return List.of();
        }
        int neighbour = place == 0 ? index + 1 : index - 1;
        boolean inLayer = neighbour < capabilities && layers.of(neighbour) == layer;
        return inLayer ? List.of(capability(neighbour)) : List.of();
    }

    private static List<Requirement> requirements(List<Need> needs, int release) {
        return needs.stream()
                .filter(need -> need.isOf(release))
                .map(need -> need.at(release))
                .toList();
    }

    private List<Provision> provisions(int index, int release) {
        int service = services.providedBy(index);
        return service < 0 ? List.of() : List.of(new Provision(Words.service(service), Services.offered(release)));
    }

    /** Some later versions do not go with the older versions of something that they do not need. */
    private List<Target> conflicts(int index, int release, List<Need> needs) {
        int layer = layers.of(index);
        Dice dice = new Dice(seed, "conflicts", index);
        if (layer == 0 || !dice.percent(4)) {
            return List.of();
        }
        Need.Candidate other = capability(layers.pickBelow(layer, dice));
        int since = 1 + dice.below(versions);
        boolean needed = needs.stream()
                .flatMap(need -> need.anyOf().stream())
                .anyMatch(candidate -> candidate.code().equals(other.code()));
        if (needed || release < since) {
            return List.of();
        }
        return List.of(Target.capability(other.code(), "<" + other.releases().get(versions / 2)));
    }

    /** The first version stays without a mark, so that all first versions remain a solution. */
    private static Set<Mark> marks(int release, Dice dice) {
        int chance = dice.below(100);
        if (release == 0 || chance >= 4) {
            return Set.of();
        }
        return chance == 0 ? Set.of(Mark.YANKED) : Set.of(Mark.DEPRECATED);
    }
}
