package dev.apg.bench.server;

import dev.apg.bench.catalogue.Publications;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Imports a synthetic catalogue into a server, in parts that one import takes. */
final class Filling {
    /** An import takes 200,000 documents; where a part ends, no pair that needs each other may be torn apart. */
    private static final int VERSIONS_AT_ONCE = 100_000;

    private Filling() {}

    /**
     * How long it took.
     *
     * @param seconds of the imports alone, from the first byte sent until the answer; making the documents is no part
     */
    record Filled(long versions, double seconds) {}

    static Filled fill(ServerProcess server, SyntheticCatalogue catalogue) throws IOException {
        var publications = new Publications(catalogue);
        int step = Math.max(1, VERSIONS_AT_ONCE / catalogue.versions(0).size() / SyntheticCatalogue.PAIR_EVERY)
                * SyntheticCatalogue.PAIR_EVERY;
        Path file = server.directory().resolve("import.jsonl");
        double seconds = 0;
        for (int first = 0; first < catalogue.capabilities(); first += step) {
            int end = Math.min(catalogue.capabilities(), first + step);
            try (Writer out = Files.newBufferedWriter(file)) {
                publications.writeJsonLines(out, first, end);
            }
            seconds += send(server, file);
            if (end < catalogue.capabilities()) {
                System.err.printf("  imported %d of %d capabilities%n", end, catalogue.capabilities());
            }
        }
        Files.delete(file);
        return new Filled(
                (long) catalogue.capabilities() * catalogue.versions(0).size(), seconds);
    }

    private static double send(ServerProcess server, Path file) throws IOException {
        try (Connection connection = server.connect()) {
            byte[] head = server.requests().head("/api/v1/imports", "application/jsonl", Files.size(file));
            long start = System.nanoTime();
            Load.requireSuccess(connection.exchange(head, file));
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
