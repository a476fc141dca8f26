package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.FileFailures;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Progress;
import dev.apg.contract.WireJson;
import dev.apg.contract.tenant.ExportManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches everything that a tenant has. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Write everything that a tenant has into a zip file, all of one moment, without secrets.",
        footer = {
            "",
            "One's own tenant; with --tenant any, with the platform's key, also while it is suspended or being deleted.",
            "A FILE that is there is replaced only with --force; without, the command ends with 4.",
            "",
            "Examples:",
            "  apg tenant export acme.zip",
            "  apg tenant export acme.zip --tenant acme"
        })
public final class TenantExportCommand implements Callable<Integer> {
    private static final String MANIFEST = "manifest.json";

    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "FILE", description = "Where to.")
    String output = "";

    @Option(names = "--tenant", paramLabel = "CODE", description = "Which tenant, with the platform's key.")
    @Nullable
    String tenant;

    @Option(names = "--force", description = "Replace a file that is there.")
    boolean force;

    @Override
    public Integer call() {
        Path file = server.path(output);
        if (Files.exists(file) && !(force && Files.isRegularFile(file))) {
            throw new CommandFailure(
                    ExitCode.CONFLICT,
                    "%s is there already (expected: a name of no file; or --force to replace one)".formatted(output));
        }
        Path part = file.resolveSibling("%s.%s.part".formatted(file.getFileName(), UUID.randomUUID()));
        // Ctrl-C ends the program before it comes to what follows.
        part.toFile().deleteOnExit();
        try {
            fetch(part);
            ExportManifest manifest = manifest(part);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            print(manifest);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "%s cannot be written: %s".formatted(output, FileFailures.words(e)));
        } finally {
            part.toFile().delete();
        }
        return ExitCode.OK.code();
    }

    private void fetch(Path part) throws IOException {
        String path = tenant == null
                ? "/api/v1/tenant/export"
                : "/api/v1/tenants/%s/export".formatted(ApgClient.segment(tenant));
        ApgClient client = tenant == null ? server.client() : server.platformClient();
        try (Progress progress =
                        Progress.of("export", !server.json && server.shell().terminal());
                ApgClient.Coming answer = client.stream(client.request(path)
                        .setHeader("Accept", "application/zip, application/problem+json")
                        .GET());
                InputStream content = progress.watch(answer.body(), "KiB", answer.length());
                OutputStream out =
                        Files.newOutputStream(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            copy(content, out);
        }
    }

    /** Where the answer breaks off, it is the server that failed, and not the disk. */
    private static void copy(InputStream content, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (int count = read(content, buffer); count >= 0; count = read(content, buffer)) {
            out.write(buffer, 0, count);
        }
    }

    private static int read(InputStream content, byte[] buffer) {
        try {
            return content.read(buffer);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE,
                    "The export broke off, and nothing was written: %s".formatted(e.getMessage()));
        }
    }

    /** It is written last: what has it is complete. */
    private static ExportManifest manifest(Path part) {
        try (var zip = new ZipFile(part.toFile())) {
            ZipEntry entry = zip.getEntry(MANIFEST);
            if (entry != null) {
                return ApgClient.read(WireJson.MAPPER.readTree(zip.getInputStream(entry)), ExportManifest.class);
            }
        } catch (IOException broken) {
            // Said below.
        }
        throw new CommandFailure(
                ExitCode.FAILED,
                "The answer is no export of a tenant, and nothing was written: is APG_URL the address of an APG server?");
    }

    private void print(ExportManifest manifest) {
        if (server.json) {
            server.printJson(manifest);
        } else {
            server.out()
                    .printf(
                            "Everything that %s has, of %s, is in %s (%d files).%n",
                            manifest.tenant(),
                            manifest.exportedAt(),
                            output,
                            manifest.files().size());
        }
    }
}
