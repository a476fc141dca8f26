package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.Interruption;
import dev.apg.resolver.engine.Literal;
import dev.apg.resolver.engine.Needs;
import dev.apg.resolver.engine.Outcome;
import dev.apg.resolver.engine.RuleOrder;
import dev.apg.resolver.engine.Solver;
import dev.apg.resolver.version.SemVer;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a search may cost, counted in steps and allocated bytes, which are the same on every machine. */
class CostTests {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long allocatedBy(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void a_search_over_what_it_knows_allocates_nothing() {
        int length = 100_000;
        var solver = new Solver(Long.MAX_VALUE);
        var needs = new Needs(solver);
        int request = solver.newVariable();
        int other = solver.newVariable();
        int first = solver.newVariable();
        for (int i = 1; i < length; i++) {
            solver.newVariable();
        }
        // The one decision is for the first and not for the other; that one needs the next, and so on.
        solver.setRulebook(variable -> {
            needs.begin(variable);
            IntList candidates = new IntList();
            if (variable == request) {
                candidates.add(first);
                candidates.add(other);
            } else if (variable >= first && variable < first + length - 1) {
                candidates.add(variable + 1);
            }
            if (!candidates.isEmpty()) {
                needs.add(variable, candidates, new IntList(), false, variable);
            }
        });
        IntList itself = new IntList();
        itself.add(Literal.is(request));
        solver.addDefinition(itself);
        RuleOrder order = new RuleOrder(solver, needs, request);
        assertThat(solver.search(order)).isEqualTo(Outcome.SOLVED);
        // Arrays have grown to their sizes now.
        solver.searchAgain(order);
        long steps = solver.steps();

        long bytes = allocatedBy(() -> solver.searchAgain(order));

        assertThat(solver.steps() - steps).isGreaterThan(length);
        assertThat(bytes).isLessThan(10_000);
    }

    @Test
    void who_cannot_be_reached_is_no_reason_for_what_a_dropped_root_leaves_over() {
        int length = 30;
        int strangers = 10_000;
        Map<String, SemVer> lock = new HashMap<>(Map.of("app", SemVer.parse("1.0.0")));
        for (int i = 0; i < length; i++) {
            lock.put("left-" + i, SemVer.parse("1.0.0"));
        }
        Universe small = leftOver(Universe.builder(), length).build();
        Universe.Builder builder = leftOver(Universe.builder(), length);
        for (int i = 0; i < strangers; i++) {
            builder.add(version("stranger-" + i, "1.0.0", List.of(needs("left-" + i % length))));
        }
        Universe large = builder.build();
        Request request = Request.of(Root.capability("app", "*"))
                .withPrevious(lock)
                .withPolicy(policy -> policy.withObjectives(Objective.MINIMAL_CHANGE));

        var few = (Resolution.Solved) Resolver.resolve(small, request);
        var many = (Resolution.Solved) Resolver.resolve(large, request);

        assertThat(many.entries()).isEqualTo(few.entries());
        assertThat(many.optimality().criteria())
                .containsExactly(new Optimality.Criterion(Objective.MINIMAL_CHANGE, length, length));
        assertThat(many.steps() - few.steps()).isLessThan(2 * strangers);
    }

    /** An application that needs nothing any more, and a chain that it needed. */
    private static Universe.Builder leftOver(Universe.Builder builder, int length) {
        builder.add(version("app", "1.0.0", List.of()));
        for (int i = 0; i < length; i++) {
            builder.add(version("left-" + i, "1.0.0", i + 1 < length ? List.of(needs("left-" + (i + 1))) : List.of()));
        }
        return builder;
    }

    private static Requirement needs(String code) {
        return Requirement.required(Target.capability(code, "*"));
    }

    private static Universe.Builder application(Universe.Builder builder) {
        for (int i = 0; i < 50; i++) {
            List<Requirement> needs = i < 49
                    ? List.of(Requirement.required(Target.capability("app-" + (i + 1), "^1.0.0")))
                    : List.of(Requirement.required(Target.service("store", "^1.0.0")));
            for (int release = 0; release < 10; release++) {
                builder.add(version("app-" + i, "1." + release + ".0", needs));
            }
        }
        builder.add(version("redis", "7.0.0", List.of(), new Provision("store", SemVer.parse("1.0.0"))));
        return builder;
    }

    private static CapabilityVersion version(
            String code, String number, List<Requirement> needs, Provision... provides) {
        return new CapabilityVersion(code, SemVer.parse(number), Set.of(), List.of(provides), needs, List.of(), 0);
    }

    /** Members that all provide the same, and plugins of which each says that it is useful beside it. */
    private static Universe withPlugins(int plugins, String range) {
        Universe.Builder builder = Universe.builder();
        for (int i = 0; i < MEMBERS; i++) {
            builder.add(version("member-" + i, "1.0.0", List.of(), new Provision("logging", SemVer.parse("1.0.0"))));
        }
        for (int i = 0; i < plugins; i++) {
            var beside = new Requirement("logging", Strength.ENHANCING, List.of(Target.service("logging", range)));
            builder.add(version("plugin-%05d".formatted(i), "1.0.0", List.of(beside)));
        }
        return builder.build();
    }

    private static final int MEMBERS = 100;

    private static Request allMembers() {
        return Request.of(IntStream.range(0, MEMBERS)
                .mapToObj(i -> Root.capability("member-" + i, "*"))
                .toArray(Root[]::new));
    }

    private static List<Suggestion> suggestions(Universe universe) {
        return ((Resolution.Solved) Resolver.resolve(universe, allMembers())).suggestions();
    }

    @Test
    void each_plugin_is_looked_at_once_however_many_members_it_is_about() {
        int plugins = 10_000;
        AtomicInteger looks = new AtomicInteger();
        for (String range : List.of("^9.0.0", "^1.0.0")) {
            Universe universe = withPlugins(plugins, range);
            int before = looks.get();
            Interruption.pausing(looks::incrementAndGet, () -> suggestions(universe));
            assertThat(looks.get() - before).isBetween(plugins, plugins + 10 * MEMBERS);
        }
    }

    @Test
    void what_is_useful_beside_anything_is_not_looked_at() {
        assertThat(suggestions(withPlugins(10_000, "^1.0.0")))
                .hasSize(100)
                .startsWith(suggestions(withPlugins(1, "^1.0.0")).getFirst());
        assertThat(suggestions(withPlugins(10_001, "^1.0.0"))).isEmpty();
    }

    @Test
    void a_search_that_only_compares_makes_no_suggestions() {
        Universe universe = withPlugins(10_000, "^1.0.0");
        AtomicInteger looks = new AtomicInteger();
        Interruption.pausing(
                looks::incrementAndGet,
                () -> Attempt.of(universe, allMembers(), null).unadorned());
        assertThat(looks.get()).isLessThan(10 * MEMBERS);
    }

    @Test
    void what_a_request_does_not_reach_costs_nothing() {
        Universe small = application(Universe.builder()).build();
        Universe.Builder builder = application(Universe.builder());
        for (int i = 0; i < 100_000; i++) {
            builder.add(version(
                    "other-" + i,
                    "1.0.0",
                    List.of(Requirement.required(Target.capability("other-" + (i + 1) % 100_000, "*")))));
        }
        Universe large = builder.build();
        Request request = Request.of(Root.capability("app-0", "*"));
        Request impossible = request.withExclusions(List.of(Target.capability("redis", "*")));

        assertThat(Resolver.resolve(large, request)).isEqualTo(Resolver.resolve(small, request));
        assertThat(Resolver.resolve(large, impossible)).isEqualTo(Resolver.resolve(small, impossible));

        long smallBytes = allocatedBy(() -> Resolver.resolve(small, request));
        long largeBytes = allocatedBy(() -> Resolver.resolve(large, request));
        // A bit for every capability would be 12,500 bytes more.
        assertThat(largeBytes - smallBytes).isLessThan(5_000);
    }
}
