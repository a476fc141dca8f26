package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
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
        footer = {"", "Examples:", "  apg export -o catalogue.jsonl", "  apg export | gzip > catalogue.jsonl.gz"})
public final class ExportCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to (default: standard output).")
    @Nullable
    String output;

    @Override
    public Integer call() {
        ApgClient client = server.client();
        boolean bar = output != null && server.shell().terminal();
        try (Progress progress = Progress.of("export", bar);
                InputStream lines = progress.watch(
                        client.stream(client.request("/api/v1/export")
                                .setHeader("Accept", "application/jsonl, application/problem+json")
                                .GET()),
                        "KiB",
                        -1)) {
            if (output == null) {
                new InputStreamReader(lines, StandardCharsets.UTF_8).transferTo(server.out());
            } else {
                save(lines, server.path(output));
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "The export broke off: " + e.getMessage());
        }
        return ExitCode.OK.code();
    }

    /** Whole or not at all: half an export looks like a whole one. */
    private static void save(InputStream lines, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.copy(lines, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
