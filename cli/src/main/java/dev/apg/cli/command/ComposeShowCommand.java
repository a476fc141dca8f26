package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Table;
import dev.apg.cli.output.YamlDump;
import dev.apg.contract.Page;
import dev.apg.contract.composition.CompositionDetail;
import dev.apg.contract.composition.RevisionSummary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows a composition: what it is, its draft, its newest revisions. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show a composition, its draft and its newest revisions.",
        footer = {
            "",
            "Examples:",
            "  apg compose show online-boutique",
            "  apg compose show online-boutique --draft > composition.yaml"
        })
public final class ComposeShowCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "COMPOSITION")
    String composition;

    @Option(names = "--draft", description = "Only the draft, as a document to edit and `apg compose apply`.")
    boolean draftOnly;

    @Override
    public Integer call() {
        ApgClient client = server.client();
        String path = "/api/v1/compositions/" + ApgClient.segment(composition);
        JsonNode draft = client.get(path + "/draft");
        if (draftOnly) {
            if (server.json) {
                server.printJson(draft);
            } else {
                server.out().print(YamlDump.of(draft));
            }
            return ExitCode.OK.code();
        }
        JsonNode detail = client.get(path);
        JsonNode revisions = client.get(path + "/revisions?limit=10");
        if (server.json) {
            ObjectNode whole = JsonNodeFactory.instance.objectNode();
            whole.set("composition", detail);
            whole.set("draft", draft);
            whole.set("revisions", revisions);
            server.printJson(whole);
            return ExitCode.OK.code();
        }
        print(ApgClient.read(detail, CompositionDetail.class), draft);
        print(ApgClient.read(revisions, new TypeReference<Page<RevisionSummary>>() {}));
        return ExitCode.OK.code();
    }

    private void print(CompositionDetail detail, JsonNode draft) {
        var table = new Table("COMPOSITION", detail.code());
        table.row("name", detail.displayName());
        table.row("type", detail.type().wire());
        table.row("owner", detail.owner());
        table.row("draft", "number " + detail.draftNumber());
        table.row("revision", detail.head() == null ? "never frozen" : detail.head());
        table.row("changed", detail.updatedAt());
        server.out().print(table);
        server.out().println("\nDraft:");
        server.out().print(Table.clean(YamlDump.of(draft)).indent(2));
    }

    private void print(Page<RevisionSummary> revisions) {
        if (revisions.items().isEmpty()) {
            return;
        }
        var table = new Table("REVISION", "FROZEN", "BY", "LOCK", "MESSAGE");
        revisions
                .items()
                .forEach(revision -> table.row(
                        revision.number(),
                        revision.frozenAt(),
                        revision.frozenBy(),
                        Table.digest(revision.lockDigest()),
                        revision.message()));
        server.out().println();
        server.out().print(table);
    }
}
