package dev.apg.bench.resolver;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import dev.apg.bench.peer.Commands;
import dev.apg.bench.peer.LibSolv;
import dev.apg.resolver.conformance.Questions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Debian's packages: which can be installed at all, and what installing some takes. libsolv and dose beside it. */
public final class DebianMeasurement implements Measurement {
    private static final int SWEEPS = 5;
    private static final int CALLS = 100;

    /** A typical single package: 185 packages to install. */
    private static final String SINGLE = "one-openjdk-17-jdk";

    @Override
    public String name() {
        return "debian";
    }

    @Override
    public List<Sample> round(Scale scale) throws Exception {
        Optional<DebianIndex> index = DebianIndex.find();
        if (index.isEmpty()) {
            return List.of(Sample.single("Debian's packages", "s", Double.NaN)
                    .withNote("no Debian, no node, or no conformance data: see APG_SHARED"));
        }
        Questions questions = Questions.read(index.get().problem());
        List<Sample> samples = new ArrayList<>(sweeps(index.get(), questions));
        samples.addAll(installs(questions));
        return samples;
    }

    private static List<Sample> sweeps(DebianIndex index, Questions questions) throws Exception {
        int[] found = questions.uninstallable();
        Repeated warm = Repeated.of(2, SWEEPS, questions::uninstallable);
        int processors = Runtime.getRuntime().availableProcessors();
        double[] wall = new double[SWEEPS];
        for (int i = 0; i < SWEEPS; i++) {
            long start = System.nanoTime();
            questions.uninstallable(processors);
            wall[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(wall);
        String what = "Debian, what can be installed: ";
        List<Sample> samples = new ArrayList<>();
        Sample ours = Sample.single(what + "one thread", "s", warm.median() / 1e9)
                .withNote("%d packages, %d cannot".formatted(questions.versions(), found.length));
        if (Commands.isInstalled("installcheck")) {
            double libsolv = Commands.cpuSeconds(
                    "installcheck", "amd64", index.packages().toString());
            samples.add(ours.withTarget(Target.atMost(libsolv)));
            samples.add(Sample.single(what + "libsolv's installcheck", "s", libsolv)
                    .withNote("reading the index is part of it"));
        } else {
            samples.add(ours);
        }
        samples.add(Sample.single(what + "all processors, elapsed", "s", wall[SWEEPS / 2]));
        samples.add(Sample.single(what + "just started", "s", ColdSweep.seconds(index.problem()))
                .withNote("compiling is part of it, reading is not"));
        if (Commands.isInstalled("dose-debcheck")) {
            samples.add(Sample.single(
                    what + "dose-debcheck",
                    "s",
                    Commands.cpuSeconds(
                            "dose-debcheck",
                            "--deb-native-arch=amd64",
                            index.packages().toString())));
        }
        return samples;
    }

    private static List<Sample> installs(Questions questions) throws Exception {
        List<String> random = questions.cases().stream()
                .filter(id -> id.startsWith("random200-") && questions.chosen(id) >= 0)
                .toList();
        List<Sample> samples = new ArrayList<>();
        try (Solvers solvers = Solvers.of(questions)) {
            samples.addAll(solvers.compare("gnome", List.of("one-gnome"), true));
            samples.addAll(solvers.compare("200 random packages", random, true));
            samples.addAll(solvers.compare("a single package (openjdk-17-jdk)", List.of(SINGLE), false));
        }
        return samples;
    }

    /** Ours, and libsolv where it is installed. */
    private record Solvers(Questions questions, Optional<LibSolv> libsolv) implements AutoCloseable {
        static Solvers of(Questions questions) throws IOException {
            return new Solvers(questions, LibSolv.load(DebianIndex.testTags(questions)));
        }

        /** @param againstPeer whether libsolv's time is the target; else a millisecond is */
        List<Sample> compare(String what, List<String> cases, boolean againstPeer) throws Exception {
            int chosen = cases.stream().mapToInt(questions::chosen).sum() / cases.size();
            Repeated ours = Repeated.of(CALLS, CALLS, () -> cases.forEach(questions::chosen));
            Sample row = sample("Debian, install " + what, ours, cases).withNote(chosen + " packages");
            if (libsolv.isEmpty()) {
                return List.of(row);
            }
            List<LibSolv.Question> asked = cases.stream()
                    .map(id -> libsolv.get().install(questions.installs(id), false))
                    .toList();
            int installed = asked.stream().mapToInt(LibSolv.Question::installed).sum() / cases.size();
            Repeated theirs = Repeated.of(CALLS / 10, CALLS / 2, () -> asked.forEach(LibSolv.Question::solve));
            Sample peer = sample("Debian, install " + what + ": libsolv", theirs, cases)
                    .withNote(installed + " packages, index prepared");
            return List.of(row.withTarget(Target.atMost(againstPeer ? peer.median() : 1)), peer);
        }

        private static Sample sample(String what, Repeated calls, List<String> cases) {
            return Sample.of(what, "ms", calls.median() / 1e6 / cases.size(), calls.p99() / 1e6 / cases.size());
        }

        @Override
        public void close() {
            libsolv.ifPresent(LibSolv::close);
        }
    }
}
