package dev.apg.bench.server;

import dev.apg.bench.catalogue.Publications;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Imports a synthetic catalogue into a server, in parts that one import takes. */
final class Filling {
    /** An import takes 200,000 documents; where a part ends, no pair that needs each other may be torn apart. */
    private static final int VERSIONS_AT_ONCE = 100_000;

    private static final int VERSIONS_EXAMINED = 20_000;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int PAUSE_MILLIS = 100;

    private Filling() {}

    /**
     * How long it took.
     *
     * @param seconds of the imports alone, from the first byte sent until the answer; making the documents is no part
     */
    record Filled(long versions, double seconds) {}

    static Filled fill(ServerProcess server, SyntheticCatalogue catalogue) throws IOException, InterruptedException {
        int step = step(catalogue, VERSIONS_AT_ONCE);
        double seconds = 0;
        String cursor = "";
        for (int first = 0; first < catalogue.capabilities(); first += step) {
            int end = Math.min(catalogue.capabilities(), first + step);
            Imported imported = send(server, catalogue, first, end, "/api/v1/imports");
            seconds += imported.seconds();
            cursor = imported.answer().header("X-APG-Seq");
            if (end < catalogue.capabilities()) {
                System.err.printf("  imported %d of %d capabilities%n", end, catalogue.capabilities());
            }
        }
        awaitRead(server, cursor);
        return new Filled(
                (long) catalogue.capabilities() * catalogue.versions(0).size(), seconds);
    }

    /** Has the server check the first versions, and write nothing. */
    static void examine(ServerProcess server, SyntheticCatalogue catalogue) throws IOException {
        int end = Math.min(catalogue.capabilities(), step(catalogue, VERSIONS_EXAMINED));
        send(server, catalogue, 0, end, "/api/v1/imports?dry_run=true");
    }

    /** Capabilities of about so many versions together. */
    private static int step(SyntheticCatalogue catalogue, int versions) {
        return Math.max(1, versions / catalogue.versions(0).size() / SyntheticCatalogue.PAIR_EVERY)
                * SyntheticCatalogue.PAIR_EVERY;
    }

    private record Imported(Connection.Answer answer, double seconds) {}

    private static Imported send(ServerProcess server, SyntheticCatalogue catalogue, int first, int end, String path)
            throws IOException {
        Path file = server.directory().resolve("import.jsonl");
        try (Writer out = Files.newBufferedWriter(file)) {
            new Publications(catalogue).writeJsonLines(out, first, end);
        }
        try (Connection connection = server.connect()) {
            byte[] head = server.requests().head(path, "application/jsonl", Files.size(file));
            long start = System.nanoTime();
            Connection.Answer answer = Load.requireSuccess(connection.exchange(head, file));
            return new Imported(answer, (System.nanoTime() - start) / 1e9);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Until snapshot and search index have what was imported: what is read before has not all of it. */
    private static void awaitRead(ServerProcess server, String cursor) throws IOException, InterruptedException {
        for (String path : List.of("/api/v1/capabilities?limit=1", "/api/v1/search?limit=1&q=a")) {
            byte[] request = server.requests().getSince(path, cursor);
            long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
            while (true) {
                try (Connection connection = server.connect()) {
                    Connection.Answer answer = connection.exchange(request);
                    if (answer.status() == 200) {
                        break;
                    }
                    if (System.nanoTime() > deadline) {
                        throw new IOException("the import is not to be read yet: " + answer.text());
                    }
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
