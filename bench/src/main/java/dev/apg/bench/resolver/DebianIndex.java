package dev.apg.bench.resolver;

import dev.apg.bench.peer.Commands;
import dev.apg.bench.peer.TestTags;
import dev.apg.resolver.conformance.Questions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The packages of the Debian release that this machine gets its own from, in the forms that the solvers read.
 *
 * @param problem in {@code resolution-problem/1}
 * @param packages as Debian publishes it
 */
record DebianIndex(Path problem, Path packages) {
    private static final Path LISTS = Path.of("/var/lib/apt/lists");
    private static final Path DIRECTORY = Path.of("bench/target/debian");

    /** Makes the files where they are not there yet; empty if this is no Debian, or what makes them is not there. */
    static Optional<DebianIndex> find() throws IOException, InterruptedException {
        String shared = System.getenv().getOrDefault("APG_SHARED", "../shared");
        Path maker = Path.of(shared, "conformance/debian-to-problem.mjs");
        Optional<Path> list = list();
        if (list.isEmpty() || !Files.exists(maker) || !Commands.isInstalled("node")) {
            return Optional.empty();
        }
        Files.createDirectories(DIRECTORY);
        var index = new DebianIndex(DIRECTORY.resolve("problem.json"), DIRECTORY.resolve("Packages"));
        if (!Files.exists(index.packages)) {
            Commands.run(
                    index.packages,
                    "/usr/lib/apt/apt-helper",
                    "cat-file",
                    list.get().toString());
        }
        if (!Files.exists(index.problem)) {
            Commands.run(
                    DIRECTORY.resolve("problem.log"),
                    "node",
                    maker.toString(),
                    "--dose=no",
                    "--packages=" + index.packages,
                    "--out=" + index.problem);
        }
        return Optional.of(index);
    }

    private static Optional<Path> list() throws IOException {
        if (!Files.isDirectory(LISTS)) {
            return Optional.empty();
        }
        try (Stream<Path> lists = Files.list(LISTS)) {
            return lists.filter(
                            each -> each.getFileName().toString().matches(".*_main_binary-amd64_Packages(\\.\\w+)?"))
                    .filter(each -> !each.toString().contains("security")
                            && !each.toString().contains("updates"))
                    .findFirst();
        }
    }

    /** The packages as libsolv reads them. */
    static Path testTags(Questions questions) throws IOException {
        Path file = DIRECTORY.resolve("packages.testtags");
        List<List<Integer>> memberships = new ArrayList<>();
        for (int i = 0; i < questions.versions(); i++) {
            memberships.add(new ArrayList<>(4));
        }
        for (int set = 0; set < questions.sets(); set++) {
            for (int member : questions.set(set)) {
                memberships.get(member).add(set);
            }
        }
        try (TestTags out = new TestTags(file)) {
            for (int version = 0; version < questions.versions(); version++) {
                // Versions of a name follow each other, the oldest first.
                out.begin(questions.name(version), version);
                for (int set : questions.required(version)) {
                    out.requires(set);
                }
                for (int set : questions.conflicts(version)) {
                    out.conflicts(set);
                }
                for (int set : memberships.get(version)) {
                    out.provides(set);
                }
            }
        }
        return file;
    }
}
