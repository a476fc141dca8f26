package dev.apg.cli.input;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.FileFailures;
import dev.apg.cli.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an import sends: files one after the other, each behind a marker that lets errors name the file and its lines.
 *
 * @param parts in the order of the command line; those of a directory by name
 */
public record Batch(Form form, List<Part> parts) {
    /** What stands for the standard input among the paths. */
    private static final String INPUT = "-";

    /** In bytes; a larger file is checked by the server only. */
    private static final int MOST_CHECKED = 64 * 1024 * 1024;

    /** How the documents are written. */
    public enum Form {
        JSON_LINES("application/jsonl"),
        YAML("application/yaml");

        private final String mediaType;

        Form(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    /**
     * A file.
     *
     * @param name how the person would call it
     * @param bytes its length; negative if nobody knows
     */
    public record Part(String name, Opener opener, long bytes) {}

    /** Opens a file when its turn comes. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    public Batch {
        parts = List.copyOf(parts);
    }

    /**
     * Finds the files.
     *
     * @param paths files, directories, or {@code -} for the standard input
     * @param standardInput how that is written
     * @throws CommandFailure if there is nothing to import, if the forms are mixed, or if YAML among several files is none
     */
    public static Batch of(List<String> paths, Form standardInput, Shell shell) {
        List<String> names = paths.stream()
                .flatMap(path -> path.equals(INPUT) ? Stream.of(path) : files(path, shell).stream())
                .toList();
        List<Form> forms = names.stream()
                .map(name -> name.equals(INPUT) ? standardInput : form(name))
                .distinct()
                .toList();
        if (forms.size() > 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "JSON Lines and YAML do not go into one import: import them one after the other.");
        }
        List<Part> parts = names.stream().map(name -> part(name, shell)).toList();
        if (parts.stream().allMatch(part -> part.bytes() == 0)) {
            // Also what `apg export | apg import -` sees of an export that failed before its first line.
            throw new CommandFailure(
                    ExitCode.INVALID,
                    "%s: empty, there is nothing to import"
                            .formatted(parts.stream().map(Part::name).collect(Collectors.joining(", "))));
        }
        if (parts.size() > 1 && forms.getFirst() == Form.YAML) {
            checkEach(parts);
        }
        return new Batch(forms.getFirst(), parts);
    }

    private static Part part(String name, Shell shell) {
        if (name.equals(INPUT)) {
            StandardInput kept = StandardInput.keep(shell);
            return new Part(Document.INPUT, kept.opener(), kept.bytes());
        }
        Path file = shell.path(name);
        return new Part(name, () -> Files.newInputStream(file), size(file));
    }

    /** The whole, to be sent. */
    public InputStream open() {
        return new BatchStream(form, parts.iterator());
    }

    /** How long the files are together; negative if nobody knows. */
    public long bytes() {
        return parts.stream().anyMatch(part -> part.bytes() < 0)
                ? -1
                : parts.stream().mapToLong(Part::bytes).sum();
    }

    private static List<String> files(String path, Shell shell) {
        Path at = shell.path(path);
        if (!Files.isDirectory(at)) {
            if (!Files.exists(at)) {
                throw new CommandFailure(ExitCode.NOT_FOUND, "%s: there is no such file or directory".formatted(path));
            }
            return List.of(path);
        }
        try (Stream<Path> walk = Files.walk(at)) {
            List<String> found = walk.filter(Files::isRegularFile)
                    .filter(file -> isCapability(file.getFileName().toString()))
                    .map(file -> (path.endsWith("/") ? path : path + "/") + at.relativize(file))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.INVALID,
                        "%s: there is nothing to import (expected: files called capability.yaml or *.capability.yaml)"
                                .formatted(path));
            }
            return found;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "%s cannot be read: %s".formatted(path, FileFailures.words(e)));
        } catch (UncheckedIOException e) {
            throw new CommandFailure(ExitCode.FAILED, "%s cannot be read: %s".formatted(path, FileFailures.words(e)));
        }
    }

    private static boolean isCapability(String name) {
        return name.equals("capability.yaml") || name.endsWith(".capability.yaml");
    }

    private static Form form(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return Form.YAML;
        }
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json")) {
            return Form.JSON_LINES;
        }
        throw new CommandFailure(
                ExitCode.USAGE, "%s: of no known form (expected: a name that ends in .jsonl or .yaml)".formatted(file));
    }

    private static long size(Path file) {
        try {
            // A pipe has a size, too, which says nothing.
            return Files.isRegularFile(file) ? Files.size(file) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    /** A quote that is not closed would swallow the files behind it, and the error would name the wrong one. */
    private static void checkEach(List<Part> parts) {
        var broken = new ArrayList<String>();
        for (Part part : parts) {
            if (part.bytes() >= 0) {
                try {
                    Document.text(part.opener(), part.name(), MOST_CHECKED)
                            .ifPresent(text -> YamlText.check(text, part.name()));
                } catch (CommandFailure failure) {
                    broken.add(String.valueOf(failure.getMessage()));
                }
            }
        }
        if (!broken.isEmpty()) {
            throw new CommandFailure(ExitCode.INVALID, String.join("\n", broken));
        }
    }
}
