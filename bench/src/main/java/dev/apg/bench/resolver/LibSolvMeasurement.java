package dev.apg.bench.resolver;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.catalogue.Expansion;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.bench.peer.LibSolv;
import dev.apg.resolver.Request;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.Resolver;
import dev.apg.resolver.Root;
import dev.apg.resolver.Target;
import dev.apg.resolver.Universe;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compositions of a synthetic catalogue, resolved by libsolv and by us; and by us again with the answer as the previous lock
 * after one range has changed.
 */
public final class LibSolvMeasurement implements Measurement {
    private static final Path DIRECTORY = Path.of("bench/target/libsolv");
    private static final int REQUESTS = 20;
    private static final int CALLS = 20;
    private static final int MOST_FACTS = 20;

    @Override
    public String name() {
        return "libsolv";
    }

    @Override
    public List<Sample> round(Scale scale) throws Exception {
        Files.createDirectories(DIRECTORY);
        List<Sample> samples = new ArrayList<>();
        for (int capabilities : scale.capabilities()) {
            samples.addAll(
                    measure(new SyntheticCatalogue(capabilities, scale.versions(), scale.seed()), scale.roots()));
        }
        return samples;
    }

    private static List<Sample> measure(SyntheticCatalogue catalogue, List<Integer> sizes) throws Exception {
        String size = " (capabilities %d)".formatted(catalogue.capabilities());
        List<Sample> samples = new ArrayList<>();
        Universe universe = catalogue.universe();
        Path testTags = DIRECTORY.resolve(catalogue.capabilities() + ".testtags");
        Map<Integer, List<int[]>> asked = expand(catalogue, sizes, testTags);
        try (LibSolv libsolv = LibSolv.load(testTags).orElse(null)) {
            Files.delete(testTags);
            if (libsolv == null) {
                samples.add(Sample.single("libsolv" + size, "ms", Double.NaN).withNote("libsolv is not installed"));
            } else {
                samples.add(Sample.single("libsolv's index in memory" + size, "MiB", libsolv.bytes() / 1048576.0));
            }
            for (int roots : sizes) {
                samples.addAll(compare(
                        universe,
                        catalogue,
                        roots,
                        asked.getOrDefault(roots, List.of()),
                        Optional.ofNullable(libsolv)));
            }
        }
        return samples;
    }

    /** Writes the catalogue for libsolv; the answer is what to ask of it, by number of members. */
    private static Map<Integer, List<int[]>> expand(SyntheticCatalogue catalogue, List<Integer> sizes, Path file)
            throws Exception {
        Expansion expansion = new Expansion(catalogue);
        Map<Integer, List<int[]>> asked = sizes.stream()
                .collect(Collectors.toMap(
                        roots -> roots,
                        roots -> requests(catalogue, roots).stream()
                                .map(request -> request.roots().stream()
                                        .mapToInt(root -> expansion.wanted(root.target()))
                                        .toArray())
                                .toList()));
        expansion.write(file);
        return asked;
    }

    private static List<Request> requests(SyntheticCatalogue catalogue, int roots) {
        return IntStream.range(0, REQUESTS)
                .mapToObj(salt -> Request.of(catalogue.roots(roots, salt).toArray(Root[]::new)))
                .toList();
    }

    private static List<Sample> compare(
            Universe universe, SyntheticCatalogue catalogue, int roots, List<int[]> asked, Optional<LibSolv> libsolv)
            throws Exception {
        String size = " (capabilities %d, roots %d)".formatted(catalogue.capabilities(), roots);
        List<Request> requests = requests(catalogue, roots);
        List<Request> changed = requests.stream()
                .map(request -> changed(request, solved(universe, request)))
                .toList();
        int chosen = requests.stream()
                        .mapToInt(request -> solved(universe, request).entries().size())
                        .sum()
                / REQUESTS;
        Sample whole = sample("resolve" + size, ours(universe, requests)).withNote(chosen + " chosen");
        Sample explained = explain(universe, requests, size);
        Sample again = sample("resolve again after a changed range" + size, ours(universe, changed));
        if (libsolv.isEmpty()) {
            return List.of(whole, again, explained);
        }
        List<LibSolv.Question> questions =
                asked.stream().map(sets -> libsolv.get().install(sets, true)).toList();
        int installed = questions.stream().mapToInt(LibSolv.Question::installed).sum() / REQUESTS;
        Repeated theirs = Repeated.of(2, CALLS, () -> questions.forEach(LibSolv.Question::solve));
        Sample peer = sample("resolve: libsolv" + size, theirs).withNote(installed + " chosen, index prepared");
        return List.of(
                whole.withTarget(dev.apg.bench.Target.atMost(peer.median())),
                peer,
                again.withTarget(dev.apg.bench.Target.atMost(peer.median() / 10)),
                explained);
    }

    /** What has no solution, because something needed is excluded; the derivation and the fixes are part of it. */
    private static Sample explain(Universe universe, List<Request> requests, String size) throws Exception {
        List<Request> impossible = requests.stream()
                .flatMap(request -> solved(universe, request).entries().stream()
                        .map(entry -> request.withExclusions(
                                List.of(Target.capability(entry.version().code(), VersionRange.any()))))
                        .filter(without -> isShortlyExplained(universe, without))
                        .limit(1))
                .toList();
        String what = "explain, cores of up to %d facts".formatted(MOST_FACTS) + size;
        if (impossible.isEmpty()) {
            return Sample.single(what, "ms", Double.NaN).withNote("no such request among these");
        }
        Iterator<Request> endless =
                Stream.generate(impossible::stream).flatMap(each -> each).iterator();
        Repeated calls = Repeated.of(
                CALLS * impossible.size(), CALLS * impossible.size(), () -> Resolver.resolve(universe, endless.next()));
        return Sample.of(what, "ms", calls.median() / 1e6, calls.p99() / 1e6)
                .withTarget(dev.apg.bench.Target.p99AtMost(5))
                .withNote(impossible.size() + " requests");
    }

    private static boolean isShortlyExplained(Universe universe, Request request) {
        return Resolver.resolve(universe, request) instanceof Resolution.Unsolvable refused
                && refused.explanation().core().size() <= MOST_FACTS;
    }

    private static Repeated ours(Universe universe, List<Request> requests) throws Exception {
        return Repeated.of(2 * CALLS, CALLS, () -> requests.forEach(request -> solved(universe, request)));
    }

    private static Sample sample(String what, Repeated calls) {
        return Sample.of(what, "ms", calls.median() / 1e6 / REQUESTS, calls.p99() / 1e6 / REQUESTS);
    }

    private static Resolution.Solved solved(Universe universe, Request request) {
        if (Resolver.resolve(universe, request) instanceof Resolution.Solved solved) {
            return solved;
        }
        throw new IllegalStateException("The catalogue has a solution, but none was found for " + request);
    }

    /** With the answer as the previous lock, and one member bound to a range around what was chosen for it. */
    private static Request changed(Request request, Resolution.Solved before) {
        Map<String, SemVer> lock = before.entries().stream()
                .collect(Collectors.toMap(
                        entry -> entry.version().code(),
                        entry -> entry.version().number()));
        List<Root> roots = new ArrayList<>(request.roots());
        String code = roots.getFirst().target().code();
        roots.set(0, Root.capability(code, "^" + lock.get(code)));
        return request.withRoots(roots).withPrevious(lock);
    }
}
