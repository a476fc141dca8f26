package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes everything that is published as JSON Lines. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Write everything that is published as JSON Lines, which import back to the same digests.",
        footer = {
            "",
            "A FILE that is there is replaced only with --force; without, the command ends with 4.",
            "",
            "Examples:",
            "  apg export -o catalogue.jsonl",
            "  apg export | gzip > catalogue.jsonl.gz"
        })
public final class ExportCommand implements Callable<Integer> {
    private static final int BUFFER = 64 * 1024;

    @Mixin
    ServerOptions server;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to (default: standard output).")
    @Nullable
    String output;

    @Option(names = "--force", description = "With -o: replace a file that is there.")
    boolean force;

    @Override
    public Integer call() {
        if (output != null && !force && Files.exists(server.path(output))) {
            throw new CommandFailure(
                    ExitCode.CONFLICT,
                    "%s is there already (expected: a name of no file; or --force to replace it)".formatted(output));
        }
        long lineCount = 0;
        ApgClient client = server.client();
        boolean bar = output != null && server.shell().terminal();
        try (Progress progress = Progress.of("export", bar);
                InputStream lines = progress.watch(
                        client.stream(client.request("/api/v1/export")
                                .setHeader("Accept", "application/jsonl, application/problem+json")
                                .GET()).body(),
                        "KiB",
                        -1)) {
            if (output == null) {
                new InputStreamReader(lines, StandardCharsets.UTF_8).transferTo(server.out());
            } else {
                lineCount = save(lines, server.path(output));
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "The export broke off: " + e.getMessage());
        }
        if (output != null) {
            server.err().printf("Wrote %d document%s to %s.%n", lineCount, lineCount == 1 ? "" : "s", output);
        }
        return ExitCode.OK.code();
    }

    /** Whole or not at all: half an export looks like a whole one. Gives the number of its lines, a document each. */
    private static long save(InputStream lines, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            long count = copy(lines, part);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return count;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static long copy(InputStream lines, Path file) throws IOException {
        long count = 0;
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = lines.read(buffer); read >= 0; read = lines.read(buffer)) {
                out.write(buffer, 0, read);
                for (int i = 0; i < read; i++) {
                    count += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return count;
    }
}
