package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.RevisionText;
import dev.apg.cli.output.Table;
import dev.apg.cli.output.YamlDump;
import dev.apg.contract.Page;
import dev.apg.contract.composition.CompositionDetail;
import dev.apg.contract.composition.RevisionDetail;
import dev.apg.contract.composition.RevisionSummary;
import java.util.List;
import java.util.Optional;
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
        description = "Show a composition, its draft and its newest revisions; or one revision.",
        footer = {
            "",
            "Examples:",
            "  apg compose show online-boutique",
            "  apg compose show online-boutique@1",
            "  apg compose show online-boutique --draft > composition.yaml"
        })
public final class ComposeShowCommand implements Callable<Integer> {
    private static final List<String> DESCRIBING = List.of("display_name", "description", "type");

    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "COMPOSITION[@REVISION]", description = "With a number: that revision, and only that.")
    String composition;

    @Option(
            names = "--draft",
            description =
                    "Only the draft, as a document to edit and `apg compose apply`, or to `apg compose create` from. "
                            + "Its first line notes the draft's number, so that nobody's later changes are overwritten.")
    boolean draftOnly;

    @Override
    public Integer call() {
        Named named = Named.parse(composition);
        ApgClient client = server.client();
        String path = "/api/v1/compositions/" + ApgClient.segment(named.code());
        if (named.version().isPresent()) {
            if (draftOnly) {
                throw new CommandFailure(ExitCode.USAGE, "A revision is no draft: leave the number or --draft out.");
            }
            JsonNode revision = client.get(
                    path + "/revisions/" + ApgClient.segment(named.version().get()));
            server.print(
                    revision,
                    RevisionDetail.class,
                    detail -> server.out().print(RevisionText.of(named.code(), detail)));
            return ExitCode.OK.code();
        }
        JsonNode detail = client.get(path);
        ApgClient.Answer answer = client.send(client.request(path + "/draft").GET());
        JsonNode draft = described(ApgClient.json(answer.body()), detail);
        if (draftOnly) {
            if (server.json) {
                server.printJson(draft);
            } else {
                server.raw().print(DraftNumber.note(detail.path("code").asString(), answer));
                server.raw().print(YamlDump.of(draft));
            }
            return ExitCode.OK.code();
        }
        JsonNode revisions = client.get(path + "/revisions?limit=10");
        if (server.json) {
            ObjectNode whole = JsonNodeFactory.instance.objectNode();
            whole.set("composition", detail);
            whole.set("draft", draft);
            whole.set("revisions", revisions);
            server.printJson(whole);
            return ExitCode.OK.code();
        }
        CompositionDetail composed = ApgClient.read(detail, CompositionDetail.class);
        Optional<RevisionDetail> head = Optional.ofNullable(composed.head())
                .map(number -> client.get(path + "/revisions/" + number, RevisionDetail.class));
        print(composed, draft);
        paragraph(RevisionText.changed(composed, head));
        print(ApgClient.read(revisions, new TypeReference<Page<RevisionSummary>>() {}));
        paragraph(head.map(revision -> RevisionText.changed(named.code(), revision))
                .orElse(""));
        return ExitCode.OK.code();
    }

    /** The draft with what describes its composition, which the server keeps apart: a whole document, fit to create from. */
    private static JsonNode described(JsonNode draft, JsonNode detail) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.set("format", draft.path("format"));
        whole.set("composition", draft.path("composition"));
        for (String field : DESCRIBING) {
            if (!detail.path(field).asString("").isEmpty()) {
                whole.set(field, detail.path(field));
            }
        }
        draft.properties().forEach(field -> whole.set(field.getKey(), field.getValue()));
        return whole;
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

    private void paragraph(String text) {
        server.out().print(text.isEmpty() ? "" : "\n" + text);
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
