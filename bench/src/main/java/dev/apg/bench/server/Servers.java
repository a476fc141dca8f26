package dev.apg.bench.server;

import dev.apg.bench.Scale;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The servers of one run: for each size of catalogue one with its own data, which is filled once and kept until the end.
 * They stay up between measurements, as servers do; an idle one costs next to nothing.
 */
public final class Servers implements AutoCloseable {
    private final Path root;
    private final Map<Integer, ServerProcess> running = new HashMap<>();
    private final Map<Integer, Filling.Filled> fillings = new HashMap<>();
    private final Map<Integer, DatabaseSettings> settings = new HashMap<>();

    /** @param root where their data goes, on a real disk; deleted at the end */
    public Servers(Path root) {
        this.root = root.toAbsolutePath();
    }

    /** The catalogue that the server of this size has. */
    static SyntheticCatalogue catalogue(Scale scale, int capabilities) {
        return new SyntheticCatalogue(capabilities, scale.versions(), scale.seed());
    }

    /** The server with this many capabilities; started and filled if it is not there yet. */
    ServerProcess with(Scale scale, int capabilities) throws IOException, InterruptedException {
        ServerProcess server = running.get(capabilities);
        if (server == null) {
            boolean filled = isFilled(capabilities);
            server = start(capabilities);
            if (!filled) {
                fillings.put(capabilities, Filling.fill(server, catalogue(scale, capabilities)));
                Files.createFile(filled(capabilities));
            }
        }
        return server;
    }

    /** How long it took to fill the server of this size; told once. */
    Optional<Filling.Filled> takeFilled(int capabilities) {
        return Optional.ofNullable(fillings.remove(capabilities));
    }

    /** Stops the server of this size, so that it can be started again with {@link #start}. */
    void stop(int capabilities) {
        ServerProcess server = running.remove(capabilities);
        if (server != null) {
            server.close();
        }
    }

    /** Starts the server of this size on what data there is. */
    ServerProcess start(int capabilities) throws IOException, InterruptedException {
        ServerProcess server = ServerProcess.start(directory(capabilities));
        running.put(capabilities, server);
        settings.putIfAbsent(capabilities, DatabaseSettings.read(server.directory()));
        return server;
    }

    /** A server with nothing in it; the caller closes it and forgets its data with {@link #delete}. */
    ServerProcess startEmpty(String name) throws IOException, InterruptedException {
        delete(name);
        return ServerProcess.start(directory(name));
    }

    /** A server with the data of one that the caller closed. */
    ServerProcess startAgain(String name) throws IOException, InterruptedException {
        return ServerProcess.start(directory(name));
    }

    void delete(String name) throws IOException {
        deleteTree(directory(name));
    }

    Path directory(String name) {
        return root.resolve(name);
    }

    Path directory(int capabilities) {
        return directory(Integer.toString(capabilities));
    }

    /** What the databases said of themselves; empty if no server was started. */
    public Optional<String> describe() {
        return settings.values().stream().findFirst().map(DatabaseSettings::describe);
    }

    private boolean isFilled(int capabilities) {
        return Files.exists(filled(capabilities));
    }

    private Path filled(int capabilities) {
        return directory(capabilities).resolve("filled");
    }

    @Override
    public void close() throws IOException {
        running.values().forEach(ServerProcess::close);
        running.clear();
        deleteTree(root);
    }

    static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }
}
