package dev.apg.bench.resolver;

import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.resolver.Request;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.Resolver;
import dev.apg.resolver.Root;
import dev.apg.resolver.Target;
import dev.apg.resolver.Universe;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Resolving compositions of random applications; each call takes the next of fifty. A third of the members are bound to
 * a range around the version that a first resolution gave them, so each composition has a solution.
 */
@State(Scope.Benchmark)
public class ResolveBenchmark {
    private static final int REQUESTS = 50;

    @Param("1000")
    public int capabilities;

    @Param("10")
    public int versions;

    @Param("20")
    public int roots;

    @Param("42")
    public long seed;

    private Universe universe = Universe.empty();
    private List<Request> requests = List.of();
    private List<Request> impossible = List.of();
    private int next;

    @Setup
    public void setUp() {
        SyntheticCatalogue catalogue = new SyntheticCatalogue(capabilities, versions, seed);
        universe = catalogue.universe();
        List<Request> solvable = new ArrayList<>();
        List<Request> unsolvable = new ArrayList<>();
        for (int salt = 0; salt < REQUESTS; salt++) {
            Request free = Request.of(catalogue.roots(roots, salt).toArray(Root[]::new));
            if (!(Resolver.resolve(universe, free) instanceof Resolution.Solved solved)) {
                throw new IllegalStateException("The catalogue has a solution, but none was found for " + free);
            }
            solvable.add(bound(free, solved));
            withoutSomethingNeeded(free, solved).ifPresent(unsolvable::add);
        }
        if (unsolvable.isEmpty()) {
            throw new IllegalStateException("No request can be made impossible: take other roots or another seed.");
        }
        requests = solvable;
        impossible = unsolvable;
    }

    private static Request bound(Request request, Resolution.Solved solved) {
        Map<String, SemVer> chosen = solved.entries().stream()
                .collect(Collectors.toMap(
                        entry -> entry.version().code(),
                        entry -> entry.version().number()));
        List<Root> roots = new ArrayList<>(request.roots());
        for (int i = 0; i < roots.size(); i += 3) {
            String code = roots.get(i).target().code();
            roots.set(i, Root.capability(code, "^" + chosen.get(code)));
        }
        return request.withRoots(roots);
    }

    /** The request with the exclusion of one thing that cannot be replaced; empty if everything tried can be. */
    private Optional<Request> withoutSomethingNeeded(Request request, Resolution.Solved solved) {
        return solved.entries().stream()
                .limit(20)
                .map(entry -> request.withExclusions(
                        List.of(Target.capability(entry.version().code(), VersionRange.any()))))
                .filter(without -> Resolver.resolve(universe, without) instanceof Resolution.Unsolvable)
                .findFirst();
    }

    @Benchmark
    public Resolution resolve() {
        next = (next + 1) % requests.size();
        return Resolver.resolve(universe, requests.get(next));
    }

    @Benchmark
    public Resolution explain_why_there_is_no_solution() {
        next = (next + 1) % impossible.size();
        return Resolver.resolve(universe, impossible.get(next));
    }
}
