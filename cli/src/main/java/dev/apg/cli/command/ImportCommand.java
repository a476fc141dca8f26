package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.BoundedStream;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.input.Batch;
import dev.apg.cli.output.Progress;
import dev.apg.cli.output.WarningText;
import dev.apg.contract.capability.ImportProgress;
import dev.apg.contract.capability.ImportReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Publishes many versions at once. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Publish many versions at once: all of them, or none if one is wrong.",
        footer = {
            "",
            "A PATH is a file of JSON Lines (.jsonl), a file of YAML documents (.yaml), or a directory, of which each",
            "capability.yaml and *.capability.yaml is read; - is the standard input. Every error of the batch is told with",
            "file, line and field.",
            "",
            "Examples:",
            "  apg import samples/online-boutique samples/opentelemetry-demo",
            "  apg import --dry-run samples/online-boutique",
            "  apg import catalogue.jsonl --url https://apg.example.org"
        })
public final class ImportCommand implements Callable<Integer> {
    /** Of progress, report or problem, in bytes: more than a server sends. */
    private static final long LONGEST_ANSWER = 64L * 1024 * 1024;

    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and directories; - reads standard input.")
    List<String> paths = new ArrayList<>();

    @Option(names = "--dry-run", description = "Check everything and write nothing.")
    boolean dryRun;

    @Option(
            names = "--stdin-form",
            paramLabel = "FORM",
            defaultValue = "json_lines",
            description = "How standard input is written: json_lines (default) or yaml.")
    Batch.Form standardInput = Batch.Form.JSON_LINES;

    @Option(
            names = "--owned-by",
            paramLabel = "OWNER",
            description =
                    "Whose new capabilities are: team:CODE, account:ID, token:ID, client:ID, pipeline:ID or me; nobody else changes them then.")
    @Nullable
    String ownedBy;

    @Option(names = "--warnings", description = "Print each warning and not only how many there are.")
    boolean warnings;

    @Override
    public Integer call() {
        // First, so that nobody types or computes an input for an address or a token that is none.
        ApgClient client = server.client();
        Batch batch = Batch.of(paths, standardInput, server.shell());
        JsonNode report;
        try (Progress progress = Progress.of("import", server.shell().terminal())) {
            report = send(client, batch, progress);
        }
        server.print(report, ImportReport.class, this::print);
        @Nullable String cursor = ApgClient.read(report, ImportReport.class).cursor();
        if (cursor != null) {
            server.awaitShown(client, cursor);
        }
        return ExitCode.OK.code();
    }

    private String owned() {
        return ownedBy == null ? "" : "&owned_by=" + ApgClient.segment(ownedBy);
    }

    private JsonNode send(ApgClient client, Batch batch, Progress progress) {
        HttpRequest.Builder request = client.request("/api/v1/imports?dry_run=" + dryRun + owned())
                .header("Content-Type", batch.form().mediaType())
                .setHeader("Accept", "application/x-ndjson, application/problem+json")
                .POST(BodyPublishers.ofInputStream(() -> progress.watch(batch.open(), "KiB sent", batch.bytes())));
        try (var lines = new BufferedReader(new InputStreamReader(
                new BoundedStream(client.stream(request).body(), LONGEST_ANSWER), StandardCharsets.UTF_8))) {
            boolean begun = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode node = ApgClient.json(line.getBytes(StandardCharsets.UTF_8));
                ImportProgress told = ApgClient.read(node, ImportProgress.class);
                if (told.problem() != null) {
                    throw new ProblemException(told.problem());
                }
                if (told.report() != null) {
                    return node.path("report");
                }
                if (told.phase() == null) {
                    throw noReport("The answer is none to an import");
                }
                begun = true;
                long done = told.done() == null ? 0 : told.done();
                progress.at("documents, " + told.phase(), done, told.total() == null ? -1 : told.total());
            }
            throw begun ? lost("its answer ended early") : noReport("The answer is empty");
        } catch (IOException e) {
            throw lost(String.valueOf(e.getMessage()));
        }
    }

    /** A server that was lost breaks off its answer; a whole one without a report is of something else. */
    private static CommandFailure noReport(String what) {
        return new CommandFailure(
                ExitCode.FAILED,
                "%s: is APG_URL the address of an APG server? If it is, import again, that is safe.".formatted(what));
    }

    private static CommandFailure lost(String why) {
        return new CommandFailure(
                ExitCode.UNAVAILABLE,
                "The server was lost before it said whether it imported (%s): import again, that is safe."
                        .formatted(why));
    }

    private static String capabilities(long count) {
        return count == 1 ? "1 capability" : count + " capabilities";
    }

    private static String counted(long count, String what) {
        return "%d %s%s".formatted(count, what, count == 1 ? "" : "s");
    }

    private void print(ImportReport report) {
        server.out()
                .printf(
                        "%s %s: %s.%n",
                        report.dryRun() ? "Dry run, nothing was written, of" : "Imported",
                        counted(report.documents(), "document"),
                        outcome(report));
        if (report.warningCount() == 0) {
            return;
        }
        if (warnings) {
            report.warnings().stream()
                    .sorted(WarningText.IN_READING_ORDER)
                    .forEach(warning -> server.err().println(WarningText.line(warning)));
        } else {
            String summary = WarningText.summary(report.warnings(), report.warningCount(), listing());
            server.out().println(paths.contains("-") ? summary + " FILE stands for a file with the input." : summary);
        }
    }

    private static String outcome(ImportReport report) {
        var outcome = new ArrayList<String>();
        if (report.created() > 0) {
            outcome.add(counted(report.created(), "version") + (report.dryRun() ? " to be published" : " published"));
        }
        if (report.changedStates() > 0) {
            outcome.add(counted(report.changedStates(), "state") + (report.dryRun() ? " to be changed" : " changed"));
        }
        // With its first version it is a matter of course.
        if (report.newCapabilities() > 0 && report.created() == 0) {
            outcome.add(
                    capabilities(report.newCapabilities()) + (report.dryRun() ? " to be registered" : " registered"));
        }
        if (report.describedCapabilities() > 0 && report.created() > 0) {
            outcome.add(capabilities(report.describedCapabilities())
                    + (report.dryRun() ? " to be described" : " described"));
        }
        if (report.declaredServices() > 0) {
            outcome.add(counted(report.declaredServices(), "service")
                    + (report.dryRun() ? " to be declared" : " declared"));
        }
        if (report.changedCapabilities() > 0) {
            outcome.add(capabilities(report.changedCapabilities()) + (report.dryRun() ? " to be changed" : " changed"));
        }
        if (report.unchanged() > 0) {
            outcome.add(counted(report.unchanged(), "version") + " there already with the same content");
        }
        return outcome.isEmpty() ? "nothing is new or changed" : String.join(", ", outcome);
    }

    /** The command that lists warnings; what was imported meanwhile is looked at again, and nothing is written. */
    private String listing() {
        return server.again(List.of("--dry-run", "--warnings"));
    }
}
