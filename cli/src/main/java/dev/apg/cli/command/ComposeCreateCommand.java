package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.input.Document;
import dev.apg.cli.output.ShellText;
import dev.apg.cli.output.WarningText;
import dev.apg.contract.capability.Warning;
import dev.apg.contract.composition.CompositionDetail;
import dev.apg.contract.composition.CompositionType;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.NewComposition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Creates compositions, empty or from documents. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Create a composition, empty or from a document.",
        footer = {
            "",
            "Examples:",
            "  apg compose create shop --type microservice --display-name 'Our shop'",
            "  apg compose create payroll --owned-by team:finance",
            "  apg compose create -f samples/online-boutique/composition.yaml --if-absent"
        })
public final class ComposeCreateCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/compositions";

    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "COMPOSITION", arity = "0..1", description = "The code of an empty one.")
    @Nullable
    String code;

    @Option(names = "-f", paramLabel = "FILE", description = "A document (docs/formats.md); may be given often.")
    List<String> files = new ArrayList<>();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "enterprise, industry_vertical, departmental, microservice, hybrid or custom (default).")
    @Nullable
    CompositionType type;

    @Option(names = "--display-name", paramLabel = "NAME", description = "How people call it.")
    @Nullable
    String displayName;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    @Nullable
    String description;

    @Option(names = "--owner", paramLabel = "OWNER", description = "Whom to ask about it; gives nobody anything.")
    @Nullable
    String owner;

    @Option(
            names = "--owned-by",
            paramLabel = "OWNER",
            description =
                    "Whose it is: team:CODE, account:ID, token:ID, client:ID, pipeline:ID or me; nobody else reads or changes it then.")
    @Nullable
    String ownedBy;

    @Option(names = "--if-absent", description = "Leave one that exists already as it is.")
    boolean ifAbsent;

    @Override
    public Integer call() {
        boolean described = type != null || displayName != null || description != null || owner != null;
        if ((code == null) == files.isEmpty() || (described && code == null)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Give either a COMPOSITION and what describes it, or documents with -f.");
        }
        if (code != null) {
            create(code, new NewComposition.Empty(code, type, displayName, description, owner), List::copyOf);
            return ExitCode.OK.code();
        }
        List<Document> documents = files.stream().map(server::document).toList();
        documents.forEach(document -> document.requireFormat(DraftDocument.FORMAT));
        for (Document document : documents) {
            try {
                String name = document.root().path("composition").asString(document.source());
                create(name, document.root(), document::locate);
            } catch (ProblemException refused) {
                throw document.locate(refused);
            }
        }
        return ExitCode.OK.code();
    }

    private void create(String name, Object body, UnaryOperator<List<Warning>> located) {
        Optional<JsonNode> created = post(body);
        if (created.isEmpty()) {
            if (!server.json) {
                server.out().printf("%s exists already; it stays as it is.%n", name);
            }
            return;
        }
        server.print(created.get(), CompositionDetail.class, detail -> {
            server.out()
                    .printf("Created %s (%s).%n", detail.code(), detail.type().wire());
            if (files.isEmpty()) {
                server.out().println(next(detail.code()));
            }
            if (detail.warnings() != null) {
                located.apply(detail.warnings()).forEach(warning -> server.err().println(WarningText.line(warning)));
            }
        });
    }

    /** What an empty draft needs. */
    private String next(String composition) {
        return server.sentence(
                "Name capabilities with `apg compose add %1$s CAPABILITY` and services with `apg compose require %1$s SERVICE`; `apg search` finds their codes."
                        .formatted(ShellText.quote(composition)));
    }

    private String ownedBy() {
        return ApgClient.query(ownedBy == null ? List.of() : List.of(Map.entry("owned_by", ownedBy)));
    }

    /** Empty if it exists and may. */
    private Optional<JsonNode> post(Object body) {
        try {
            return Optional.of(server.client().post(PATH + ownedBy(), body));
        } catch (ProblemException refused) {
            if (ifAbsent && refused.problem().code().equals("composition.exists")) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
