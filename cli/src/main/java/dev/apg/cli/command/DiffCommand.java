package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.ResolutionText;
import dev.apg.cli.output.Table;
import dev.apg.contract.WireJson;
import dev.apg.contract.composition.RevisionDiff;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Says what is different between two revisions, or a revision and the draft. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Say what is different between two revisions, or a revision and the draft, and why.",
        footer = {"", "Examples:", "  apg diff online-boutique", "  apg diff online-boutique 1 draft"})
public final class DiffCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Parameters(index = "0", paramLabel = "COMPOSITION")
    String composition;

    @Parameters(
            index = "1",
            paramLabel = "FROM",
            arity = "0..1",
            description = "A revision's number (default: the newest).")
    @Nullable
    String from;

    @Parameters(
            index = "2",
            paramLabel = "TO",
            arity = "0..1",
            description = "A revision's number, or draft (the default).")
    @Nullable
    String to;

    @Override
    public Integer call() {
        var parameters = new ArrayList<Map.Entry<String, String>>();
        if (from != null) {
            parameters.add(Map.entry("from", from));
        }
        if (to != null) {
            parameters.add(Map.entry("to", to));
        }
        JsonNode answer = server.client()
                .get("/api/v1/compositions/%s/diff%s"
                        .formatted(ApgClient.segment(composition), ApgClient.query(parameters)));
        server.print(answer, RevisionDiff.class, this::print);
        return ExitCode.OK.code();
    }

    private void print(RevisionDiff diff) {
        server.out().printf("%s: from %s to %s%n", composition, diff.from(), diff.to());
        if (diff.unsolvable() != null) {
            server.out().println();
            server.out().print(ResolutionText.of(diff.unsolvable(), Fixes.commands(composition, server)));
        } else if (diff.versions().isEmpty()
                && diff.bindings().isEmpty()
                && diff.draft().isEmpty()) {
            server.out().println("Nothing is different.");
        }
        if (!diff.draft().isEmpty()) {
            var table = new Table("DRAFT", "OF", "FROM", "TO");
            diff.draft()
                    .forEach(change ->
                            table.row(change.part(), orNothing(change.code()), json(change.from()), json(change.to())));
            server.out().print("\n" + table);
        }
        if (!diff.versions().isEmpty()) {
            var table = new Table("CHANGE", "CAPABILITY", "FROM", "TO", "WHY").lastColumnUncut();
            diff.versions()
                    .forEach(change -> table.row(
                            change.kind().name().toLowerCase(Locale.ROOT),
                            change.capability(),
                            orNothing(change.from()),
                            orNothing(change.to()),
                            change.sentence()));
            server.out().print("\n" + table);
        }
        if (!diff.bindings().isEmpty()) {
            var table = new Table("CONSUMER", "REQUIREMENT", "PROVIDER BEFORE", "PROVIDER AFTER");
            diff.bindings()
                    .forEach(change -> table.row(
                            change.consumer() == null ? "the draft" : change.consumer(),
                            change.requirement(),
                            orNothing(change.from()),
                            orNothing(change.to())));
            server.out().print("\n" + table);
        }
    }

    private static String json(@Nullable Object value) {
        return value == null ? "" : value instanceof String text ? text : WireJson.MAPPER.writeValueAsString(value);
    }

    private static String orNothing(@Nullable String text) {
        return text == null ? "" : text;
    }
}
