package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HostileUniverseTests {
    private static CapabilityVersion version(
            String code, String number, List<Requirement> needs, Provision... provides) {
        return new CapabilityVersion(code, SemVer.parse(number), Set.of(), List.of(provides), needs, List.of(), 0);
    }

    private static Requirement need(String code, String range) {
        return Requirement.required(Target.capability(code, range));
    }

    /** Runs on a stack that any recursion in proportion to depth would overflow. */
    private static Resolution onSmallStack(Universe universe, Request request) throws InterruptedException {
        AtomicReference<Resolution> result = new AtomicReference<>();
        Thread thread = new Thread(null, () -> result.set(Resolver.resolve(universe, request)), "small", 256 << 10);
        thread.start();
        thread.join();
        return result.get();
    }

    @Test
    void aChainOfAHundredThousandNeedsIsSolvedOnASmallStack() throws InterruptedException {
        int length = 100_000;
        Universe.Builder builder = Universe.builder();
        for (int i = 0; i < length; i++) {
            List<Requirement> needs = i + 1 < length ? List.of(need("c" + (i + 1), "^1.0.0")) : List.of();
            builder.add(version("c" + i, "1.0.0", needs));
        }
        Resolution resolution = onSmallStack(builder.build(), Request.of(Root.capability("c0", "*")));
        assertThat(resolution).isInstanceOf(Resolution.Solved.class);
        List<Entry> entries = ((Resolution.Solved) resolution).entries();
        assertThat(entries).hasSize(length);
        assertThat(entries.getFirst().version().code()).isEqualTo("c" + (length - 1));
        assertThat(entries.getFirst().reason()).hasSize(length);
    }

    @Test
    void aLongCircleIsSolvedAndReportedAsACycle() throws InterruptedException {
        int length = 20_000;
        Universe.Builder builder = Universe.builder();
        for (int i = 0; i < length; i++) {
            builder.add(version("c" + i, "1.0.0", List.of(need("c" + (i + 1) % length, "*"))));
        }
        Resolution.Solved solved =
                (Resolution.Solved) onSmallStack(builder.build(), Request.of(Root.capability("c0", "*")));
        assertThat(solved.cycles()).hasSize(1);
        assertThat(solved.cycles().getFirst().members()).hasSize(length);
        assertThat(solved.cycles().getFirst().path()).hasSize(length + 1);
    }

    @Test
    void diamondsStackedThirtyDeepAreSolvedWithoutTryingEveryPath() {
        Universe.Builder builder = Universe.builder();
        int depth = 30;
        for (int i = 0; i < depth; i++) {
            for (String side : List.of("l", "r")) {
                for (String number : List.of("1.0.0", "2.0.0")) {
                    List<Requirement> needs = i + 1 < depth
                            ? List.of(need("l" + (i + 1), "*"), need("r" + (i + 1), "*"))
                            : List.of(need("end", number.startsWith("2") ? "^2.0.0" : "^1.0.0"));
                    builder.add(version(side + i, number, needs));
                }
            }
        }
        builder.add(version("end", "1.0.0", List.of()));
        Resolution resolution =
                Resolver.resolve(builder.build(), Request.of(Root.capability("l0", "*"), Root.capability("r0", "*")));
        assertThat(resolution).isInstanceOf(Resolution.Solved.class);
        assertThat(resolution.steps()).isLessThan(100_000);
    }

    /** One pigeon more than holes: short to state, and no search by conflicts alone gets through many of them. */
    private static Universe pigeons(int holes) {
        Universe.Builder builder = Universe.builder();
        for (int pigeon = 0; pigeon <= holes; pigeon++) {
            List<Target> anyHole = new ArrayList<>();
            for (int hole = 0; hole < holes; hole++) {
                anyHole.add(Target.capability("place-" + hole, "" + pigeon + ".0.0"));
            }
            builder.add(
                    version("pigeon-" + pigeon, "1.0.0", List.of(new Requirement("hole", Strength.REQUIRED, anyHole))));
            for (int hole = 0; hole < holes; hole++) {
                builder.add(version("place-" + hole, pigeon + ".0.0", List.of()));
            }
        }
        return builder.build();
    }

    private static Request allPigeons(int holes) {
        List<Root> roots = new ArrayList<>();
        for (int pigeon = 0; pigeon <= holes; pigeon++) {
            roots.add(Root.capability("pigeon-" + pigeon, "*"));
        }
        return Request.of(roots.toArray(Root[]::new));
    }

    @Test
    void aFewPigeonsTooManyAreRefusedWithACoreOfThemAll() {
        Resolution resolution = Resolver.resolve(pigeons(4), allPigeons(4));
        assertThat(resolution).isInstanceOf(Resolution.Unsolvable.class);
        Explanation explanation = ((Resolution.Unsolvable) resolution).explanation();
        assertThat(explanation.core()).hasSize(5 + 5 + 4);
        assertThat(explanation.fixes()).isNotEmpty();
    }

    @Test
    void manyPigeonsUseUpTheStepBudgetAndTheAnswerSaysSo() {
        Request request = allPigeons(14).withStepBudget(200_000);
        Resolution resolution = Resolver.resolve(pigeons(14), request);
        assertThat(resolution).isInstanceOf(Resolution.Exhausted.class);
        assertThat(Resolver.resolve(pigeons(14), request).steps()).isEqualTo(resolution.steps());
    }

    @Test
    void thousandsOfProvidersOfOneServiceAreTriedInOrderOfCode() {
        Universe.Builder builder = Universe.builder();
        builder.add(version("shop", "1.0.0", List.of(Requirement.required(Target.service("store", "^1.0.0")))));
        for (int i = 0; i < 5_000; i++) {
            String code = String.format("store-%04d", i);
            List<Requirement> needs = i < 4_999 ? List.of(need("missing", "*")) : List.of();
            builder.add(version(code, "1.0.0", needs, new Provision("store", SemVer.parse("1.0.0"))));
        }
        Resolution.Solved solved =
                (Resolution.Solved) Resolver.resolve(builder.build(), Request.of(Root.capability("shop", "*")));
        assertThat(solved.entries()).extracting(each -> each.version().code()).containsExactly("store-4999", "shop");
    }

    @Test
    void aCapabilityOfAHundredThousandVersionsIsSearchedFromTheNewest() {
        Universe.Builder builder = Universe.builder();
        for (int i = 0; i < 100_000; i++) {
            builder.add(version(
                    "big", "1." + i + ".0", i < 50 ? List.of() : List.of(need("missing", "^" + (i % 7) + ".0.0"))));
        }
        Resolution.Solved solved = (Resolution.Solved)
                Resolver.resolve(builder.build(), Request.of(Root.capability("big", "^1.0.0 <1.60.0 || 1.0.0")));
        assertThat(solved.entries())
                .extracting(each -> each.version().toString())
                .containsExactly("big 1.49.0");
    }
}
