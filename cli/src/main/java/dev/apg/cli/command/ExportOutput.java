package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.FileFailures;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ExportedLines;
import dev.apg.cli.output.Progress;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where an export goes: to the standard output, or whole or not at all into a file. */
final class ExportOutput {
    private static final int BUFFER = 64 * 1024;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to (default: standard output).")
    @Nullable
    String output;

    @Option(names = "--force", description = "With -o: replace a file that is there.")
    boolean force;

    /**
     * Fetches an export and writes it.
     *
     * @param what it consists of, in the singular, for the sentence that says how much it was
     */
    void write(ServerOptions server, String resource, String what) {
        if (output != null) {
            requireReplaceable(server, output);
        }
        long count = fetch(server, resource);
        if (output != null) {
            server.err().printf("Wrote %d %s%s to %s.%n", count, what, count == 1 ? "" : "s", output);
        }
    }

    /** Gives the number of lines, a document each. */
    private long fetch(ServerOptions server, String resource) {
        ApgClient client = server.client();
        try (Progress progress =
                        Progress.of("export", output != null && server.shell().terminal());
                ApgClient.Coming answer = client.stream(client.request(resource)
                        .setHeader("Accept", ExportedLines.MEDIA_TYPE + ", application/problem+json")
                        .GET())) {
            var lines = ExportedLines.of(answer, progress.watch(answer.body(), "KiB", answer.length()));
            return output == null ? print(server, lines) : save(lines, server.path(output));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "%s cannot be written: %s"
                            .formatted(output == null ? "The standard output" : output, FileFailures.words(e)));
        }
    }

    /** The next line. Where the answer breaks off, it is the server that failed, and not what is written. */
    private Optional<byte[]> next(ExportedLines lines) {
        try {
            return lines.next();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE,
                    "The export broke off%s: %s"
                            .formatted(output == null ? "" : ", and nothing was written", e.getMessage()));
        }
    }

    /** Devices and directories never are: what is moved there would take their place. */
    private void requireReplaceable(ServerOptions server, String file) {
        Path path = server.path(file);
        if (Files.isRegularFile(path) && !force) {
            throw new CommandFailure(
                    ExitCode.CONFLICT,
                    "%s is there already (expected: a name of no file; or --force to replace it)".formatted(file));
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new CommandFailure(
                    ExitCode.CONFLICT,
                    "%s is there already and is no file (expected: the name of a file)".formatted(file));
        }
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND, "%s cannot be written: there is no such directory".formatted(file));
        }
    }

    private long print(ServerOptions server, ExportedLines lines) throws IOException {
        PrintWriter out = server.raw();
        long count = 0;
        for (Optional<byte[]> line = next(lines); line.isPresent(); line = next(lines)) {
            out.print(new String(line.get(), StandardCharsets.UTF_8));
            if (out.checkError()) {
                throw new IOException("nobody reads it any more");
            }
            count++;
        }
        return count;
    }

    /** Whole or not at all: half an export looks like a whole one. */
    private long save(ExportedLines lines, Path named) throws IOException {
        // What a link leads to is replaced, and not the link.
        Path file = Files.exists(named) ? named.toRealPath() : named;
        Path part = file.resolveSibling("%s.%s.part".formatted(file.getFileName(), UUID.randomUUID()));
        // Ctrl-C ends the program before it comes to what follows.
        part.toFile().deleteOnExit();
        try {
            long count = copy(lines, part);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return count;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private long copy(ExportedLines lines, Path file) throws IOException {
        long count = 0;
        try (var out = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), BUFFER)) {
            for (Optional<byte[]> line = next(lines); line.isPresent(); line = next(lines)) {
                out.write(line.get());
                count++;
            }
        }
        return count;
    }
}
