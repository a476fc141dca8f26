package dev.apg.resolver.conformance;

import com.sun.management.OperatingSystemMXBean;
import dev.apg.resolver.version.SemVerCases;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a problem file of either format, writes an answer for each of its cases, and says what that took. */
public final class Conformance {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private int cases;
    private int solvable;
    private int unsolvable;

    private Conformance() {}

    public static void main(String... arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("Give a problem file and the file to write answers to.");
            System.exit(2);
        }
        new Conformance().run(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    private void run(Path file, Path answers) throws IOException {
        double start = cpuSeconds();
        double loaded;
        try (BufferedWriter out = Files.newBufferedWriter(answers)) {
            if (isSemVer(file)) {
                JsonNode document = JsonMapper.shared().readTree(file);
                loaded = cpuSeconds();
                for (JsonNode each : document.required("cases")) {
                    write(out, SemVerCases.answerLine(cases++, each));
                }
            } else {
                Problem problem = Problem.read(file);
                loaded = cpuSeconds();
                solve(problem, out);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d cases, %d sat, %d unsat, load %.2f s, solve %.2f s, peak %d MiB%n",
                cases,
                solvable,
                unsolvable,
                loaded - start,
                cpuSeconds() - loaded,
                peakMebibytes());
    }

    private static boolean isSemVer(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.limit(5).anyMatch(line -> line.contains("semver-cases/1"));
        }
    }

    private void solve(Problem problem, BufferedWriter out) throws IOException {
        for (JsonNode each : problem.cases) {
            JsonNode answer = ProblemCase.answer(problem, each);
            cases++;
            solvable += answer.path("status").asString("").equals("sat") ? 1 : 0;
            unsolvable += answer.path("status").asString("").equals("unsat") ? 1 : 0;
            write(out, answer.toString());
        }
        for (JsonNode sweep : problem.sweeps) {
            double before = cpuSeconds();
            JsonNode answer = Sweep.answer(problem, sweep);
            System.out.printf(
                    Locale.ROOT,
                    "sweep %s: %d versions, %d unsat, %.2f s%n",
                    sweep.required("id").asString(),
                    problem.versions.length,
                    answer.required("unsat").size(),
                    cpuSeconds() - before);
            write(out, answer.toString());
        }
    }

    private static void write(BufferedWriter out, String line) throws IOException {
        out.write(line);
        out.newLine();
    }

    private static double cpuSeconds() {
        return SYSTEM.getProcessCpuTime() / 1e9;
    }

    /** The most memory the process ever had, where the system tells; else what the heap has now. */
    private static long peakMebibytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
                }
            }
        }
        return Runtime.getRuntime().totalMemory() >> 20;
    }
}
