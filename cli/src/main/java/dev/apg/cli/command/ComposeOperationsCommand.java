package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.ShellText;
import dev.apg.cli.output.Table;
import dev.apg.contract.composition.AppliedOperation;
import dev.apg.contract.composition.AppliedOperations;
import dev.apg.contract.composition.DraftOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Lists how a draft came about. */
@Command(
        name = "operations",
        mixinStandardHelpOptions = true,
        description = "List the draft's operations: who changed what, and when.",
        footer = {
            "",
            "Examples:",
            "  apg compose operations shop",
            "  apg compose operations shop --after 40 --limit 10"
        })
public final class ComposeOperationsCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "COMPOSITION")
    String composition;

    @Option(
            names = "--after",
            paramLabel = "N",
            description = "Those behind number N (default: from the oldest one that is kept).")
    @Nullable
    String after;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many, 1 to 500 (default: ${DEFAULT-VALUE}).")
    String limit = "100";

    @Override
    public Integer call() {
        var query = new ArrayList<>(List.of(Map.entry("limit", limit)));
        if (after != null) {
            query.add(Map.entry("after", after));
        }
        JsonNode answer = server.client()
                .get("/api/v1/compositions/%s/draft/operations%s"
                        .formatted(ApgClient.segment(composition), ApgClient.query(query)));
        server.print(answer, AppliedOperations.class, this::print);
        return ExitCode.OK.code();
    }

    private void print(AppliedOperations applied) {
        var table = new Table("NUMBER", "AT", "BY", "OPERATION").lastColumnUncut();
        applied.operations()
                .forEach(each -> table.row(each.number(), each.at(), each.actor(), words(each.operation())));
        if (applied.operations().isEmpty()) {
            server.out()
                    .printf(
                            "No operation%s; the draft is number %d.%n",
                            after == null ? " yet" : " after number " + after, applied.draftNumber());
            return;
        }
        server.out().print(table);
        long last = applied.operations().stream()
                .mapToLong(AppliedOperation::number)
                .max()
                .orElse(applied.draftNumber());
        server.out().printf("%nThe draft is number %d.%n", applied.draftNumber());
        if (last < applied.draftNumber()) {
            server.out().printf("More: %s%n", server.again("--after", Long.toString(last)));
        }
    }

    /** The command that applies the same. */
    private String words(DraftOperation operation) {
        return operation instanceof DraftOperation.Replace
                ? "the whole draft was replaced by a document"
                : server.spell(ShellText.command(composition, operation));
    }
}
