package dev.apg.cli.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pages of documentation in the source tree, by their path from its root. */
public final class Pages {
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Pages() {}

    /** All of them. */
    public static List<String> all() {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> samples = Files.walk(ROOT.resolve("samples"))) {
            return Stream.of(top, docs, samples)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(file -> ROOT.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(String page) {
        try {
            return Files.readString(ROOT.resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those with blocks that say {@code sh run}. */
    public static List<String> withExamplesThatRun() {
        return all().stream()
                .filter(page -> text(page).contains("\n```sh run\n"))
                .toList();
    }
}
