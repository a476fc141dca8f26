package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** {@link Impact} against resolving, and trying everything, for locks of random universes that moved on meanwhile. */
class ImpactPropertyTests {
    private static final int TRIES = 5_000;

    @Property(seed = "1", tries = TRIES)
    void aNewVersionIsTakenWhereAndAsResolvingTakesIt(
            @ForAll long seed, @ForAll @UniqueElements @Size(max = 3) List<Objective> objectives) {
        RandomCase given = given(seed, objectives);
        Random random = new Random(seed);
        CapabilityVersion candidate = likely(given, random);
        List<CapabilityVersion> then = without(given.versions(), candidate, later(given, random));
        then.removeIf(each -> isNewer(each, candidate) && random.nextBoolean());
        Optional<Request> head = head(given, then);
        if (head.isPresent()) {
            Impact impact = Impact.ofVersion(given.universe(), candidate.exact());
            observe(impact.on(head.get()));
            assertThat(render(impact, head.get())).isEqualTo(expected(given.with(head.get()), candidate.exact()));
        }
    }

    /** A need whose first target is met by an older version than its second. */
    @Test
    void what_is_lost_gives_way_to_the_first_target_as_it_is_written() {
        for (Target first : List.of(Target.capability("redis", "^1.0.0"), Target.service("cache", "*"))) {
            var need =
                    new Requirement("cache", Strength.REQUIRED, List.of(first, Target.capability("redis", "^2.0.0")));
            CapabilityVersion shop = new CapabilityVersion(
                    "shop", SemVer.parse("1.0.0"), Set.of(), List.of(), List.of(need), List.of(), 0);
            CapabilityVersion old = new CapabilityVersion(
                    "redis",
                    SemVer.parse("1.0.0"),
                    Set.of(),
                    List.of(new Provision("cache", SemVer.parse("1.0.0"))),
                    List.of(),
                    List.of(),
                    0);
            CapabilityVersion other = CapabilityVersion.plain("redis", "2.0.0");
            Universe without = Universe.builder().add(shop).add(old).add(other).build();
            Request head = Request.of(Root.capability("shop", "*"))
                    .withPrevious(Map.of("shop", SemVer.parse("1.0.0"), "redis", SemVer.parse("1.5.0")));

            assertThat(render(Impact.ofLoss(without, "redis"), head))
                    .isEqualTo(moves(head.previous(), lock((Resolution.Solved)
                            Resolver.resolve(without, head.withUpdate(Set.of("redis"))))))
                    .contains("1.0.0");
        }
    }

    @Property(seed = "1", tries = TRIES)
    void aLossIsMadeUpForAsResolvingDoes(
            @ForAll long seed, @ForAll @UniqueElements @Size(max = 3) List<Objective> objectives) {
        RandomCase given = given(seed, objectives);
        Random random = new Random(seed);
        Optional<Request> head = head(given, without(given.versions(), later(given, random)));
        if (head.isPresent() && !head.get().previous().isEmpty()) {
            List<String> codes =
                    head.get().previous().keySet().stream().sorted().toList();
            String code = codes.get(random.nextInt(codes.size()));
            boolean all = random.nextInt(5) == 0;
            SemVer locked = head.get().previous().get(code);
            var after = new RandomCase(
                    given.versions().stream()
                            .filter(each -> !each.code().equals(code)
                                    || !all && !each.number().equals(locked))
                            .toList(),
                    head.get().withUpdate(Set.of(code)));
            Impact impact = Impact.ofLoss(after.universe(), code);
            observe(impact.on(head.get()));
            assertThat(render(impact, head.get()))
                    .isEqualTo(resolved(after)
                            .map(found -> moves(head.get().previous(), found))
                            .orElse("refused"));
        }
    }

    @Property(seed = "1", tries = 1_000)
    void aRefusalIsExplainedByFactsThatContradictEachOther(@ForAll long seed) {
        RandomCase given = given(seed, List.of());
        Random random = new Random(seed);
        CapabilityVersion candidate = likely(given, random);
        Optional<Request> head = head(given, without(given.versions(), candidate));
        Impact impact = Impact.ofVersion(given.universe(), candidate.exact());
        if (head.isPresent() && impact.on(head.get()) instanceof Effect.Refused) {
            Impact.Refusal why = impact.whyRefused(head.get());
            Statistics.label("why")
                    .collect(why.getClass().getSimpleName())
                    .coverage(seen -> seen.check("Contradiction").count(count -> count >= 5));
            boolean possible = new TryEverything(given.with(head.get()))
                    .valid.stream().anyMatch(each -> candidate.equals(each.get(candidate.code())));
            assertThat(why instanceof Impact.Refusal.Contradiction).isEqualTo(!possible);
            if (why instanceof Impact.Refusal.Contradiction(Explanation explanation)) {
                assertThat(explanation.fixes())
                        .allMatch(fix -> Resolver.resolve(given.universe(), withPin(fix.applyTo(head.get()), candidate))
                                        instanceof Resolution.Solved solved
                                && candidate.number().equals(lock(solved).get(candidate.code())));
            }
        }
    }

    private static Request withPin(Request request, CapabilityVersion version) {
        Map<String, SemVer> pins = new HashMap<>(request.pins());
        Map<String, SemVer> previous = new HashMap<>(request.previous());
        pins.put(version.code(), version.number());
        previous.put(version.code(), version.number());
        return request.withPins(pins).withPrevious(previous);
    }

    private static void observe(Effect effect) {
        boolean searched = effect instanceof Effect.None || effect.steps() > 0;
        Statistics.label("moved without a search")
                .collect(!searched && effect instanceof Effect.Moved)
                .coverage(seen -> seen.check(true).count(count -> count >= TRIES / 100));
        Statistics.label("effect")
                .collect(effect.getClass().getSimpleName())
                .coverage(seen -> seen.check("Refused").count(count -> count >= TRIES / 100));
    }

    /** Most of them with few obstacles, so that locks are often kept as they are. */
    private static RandomCase given(long seed, List<Objective> objectives) {
        RandomCase given = RandomCase.of(seed).with(objectives);
        Random random = new Random(~seed);
        boolean mild = random.nextInt(4) > 0;
        Request request = given.request().withUpdate(Set.of());
        List<CapabilityVersion> versions = new ArrayList<>(List.of(CapabilityVersion.plain("root", "1.0.0")));
        given.versions().forEach(each -> versions.add(mild ? mild(each, random) : each));
        return new RandomCase(versions, mild ? request.withExclusions(List.of()).withPins(Map.of()) : request);
    }

    private static CapabilityVersion mild(CapabilityVersion version, Random random) {
        return new CapabilityVersion(
                version.code(),
                version.number(),
                random.nextInt(4) == 0 ? version.marks() : Set.of(),
                version.provides(),
                version.requirements(),
                random.nextInt(4) == 0 ? version.conflicts() : List.of(),
                version.cost());
    }

    /** A version that was published after the lock was made. */
    private static CapabilityVersion later(RandomCase given, Random random) {
        return given.versions().get(random.nextInt(given.versions().size()));
    }

    /** One of those that are chosen where there is a choice, or any. */
    private static CapabilityVersion likely(RandomCase given, Random random) {
        List<CapabilityVersion> chosen = Resolver.resolve(given.universe(), given.request())
                        instanceof Resolution.Solved solved
                ? given.versions().stream()
                        .filter(each -> each.number().equals(lock(solved).get(each.code())))
                        .toList()
                : List.of();
        return chosen.isEmpty() || random.nextInt(4) == 0
                ? later(given, random)
                : chosen.get(random.nextInt(chosen.size()));
    }

    private static boolean isNewer(CapabilityVersion version, CapabilityVersion than) {
        return version.code().equals(than.code()) && version.number().compareTo(than.number()) > 0;
    }

    private static List<CapabilityVersion> without(List<CapabilityVersion> versions, CapabilityVersion... out) {
        List<CapabilityVersion> rest = new ArrayList<>(versions);
        rest.removeAll(List.of(out));
        return rest;
    }

    /** The request with the lock that it had when there were only these versions. */
    private static Optional<Request> head(RandomCase given, List<CapabilityVersion> versions) {
        var then = new RandomCase(versions, given.request());
        return Resolver.resolve(then.universe(), then.request()) instanceof Resolution.Solved solved
                ? Optional.of(given.request().withPrevious(lock(solved)))
                : Optional.empty();
    }

    private static String expected(RandomCase given, ExactVersion candidate) {
        Request head = given.request();
        SemVer locked = head.previous().get(candidate.code());
        if (locked == null || candidate.number().compareTo(locked) <= 0) {
            return "none";
        }
        SemVer pin = head.pins().get(candidate.code());
        if (pin != null && !pin.equals(candidate.number())) {
            return "refused";
        }
        Map<String, SemVer> pins = new HashMap<>(head.pins());
        Map<String, SemVer> previous = new HashMap<>(head.previous());
        pins.put(candidate.code(), candidate.number());
        previous.put(candidate.code(), candidate.number());
        return resolved(given.with(head.withPins(pins).withPrevious(previous)))
                .filter(found -> candidate.number().equals(found.get(candidate.code())))
                .map(found -> moves(head.previous(), found))
                .orElse("refused");
    }

    private static Optional<Map<String, SemVer>> resolved(RandomCase given) {
        if (given.request().policy().objectives().isEmpty()) {
            return new TryEverything(given)
                    .byTheRule()
                    .map(found -> found.values().stream()
                            .collect(Collectors.toMap(CapabilityVersion::code, CapabilityVersion::number)));
        }
        return Resolver.resolve(given.universe(), given.request()) instanceof Resolution.Solved solved
                ? Optional.of(lock(solved))
                : Optional.empty();
    }

    private static Map<String, SemVer> lock(Resolution.Solved solved) {
        return solved.entries().stream()
                .map(Entry::version)
                .collect(Collectors.toMap(ExactVersion::code, ExactVersion::number));
    }

    private static String render(Impact impact, Request head) {
        return switch (impact.on(head)) {
            case Effect.None none -> "none";
            case Effect.Moved moved ->
                moves(head.previous(), lock(impact.solution(head).orElseThrow()));
            case Effect.Refused refused -> "refused";
            case Effect.Exhausted exhausted -> "exhausted";
        };
    }

    private static String moves(Map<String, SemVer> before, Map<String, SemVer> after) {
        return Move.between(before, after).toString();
    }
}
