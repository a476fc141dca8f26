package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.input.Document;
import dev.apg.cli.output.WarningText;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.ReplacedDraft;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replaces a draft by a whole document. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Replace the draft of a composition by a document.",
        footer = {
            "",
            "Examples:",
            "  apg compose apply -f samples/online-boutique/composition.yaml",
            "  apg compose apply online-boutique -f composition.yaml --draft 3"
        })
public final class ComposeApplyCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "COMPOSITION", arity = "0..1", description = "Default: the one that the document names.")
    @Nullable
    String composition;

    @Option(names = "-f", required = true, paramLabel = "FILE", description = "The document; - reads standard input.")
    String file = "";

    @Option(
            names = "--draft",
            paramLabel = "N",
            description = "Only if the draft still has this number (default: whatever it is now).")
    @Nullable
    Long draft;

    @Override
    public Integer call() {
        Document document = server.document(file);
        document.requireFormat(DraftDocument.FORMAT);
        String code = composition != null
                ? composition
                : document.root().path("composition").asString("");
        if (code.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.INVALID, "%s: composition is missing (expected: a code)".formatted(document.source()));
        }
        ApgClient client = server.client();
        String path = "/api/v1/compositions/%s/draft".formatted(ApgClient.segment(code));
        String tag = DraftNumber.tag(client, path, draft);
        try {
            ApgClient.Answer answer =
                    client.send(client.withJson(path, "PUT", document.root()).header("If-Match", tag));
            server.print(ApgClient.json(answer.body()), ReplacedDraft.class, replaced -> {
                server.out()
                        .printf(
                                "The draft of %s is now number %d.%n",
                                replaced.document().composition(), replaced.draftNumber());
                replaced.warnings().forEach(warning -> server.err().println(WarningText.line(warning)));
            });
        } catch (ProblemException refused) {
            throw document.locate(DraftNumber.explain(refused, client, code, path, tag));
        }
        return ExitCode.OK.code();
    }
}
