package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.input.Document;
import dev.apg.cli.output.ShellText;
import dev.apg.cli.output.Table;
import dev.apg.cli.output.WarningText;
import dev.apg.contract.composition.DescribedField;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.ReplacedDraft;
import java.util.Optional;
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
            "`apg compose show --draft` notes the number of the draft in the document's first line; if the draft has another",
            "one by now, nothing is replaced. A document without that line replaces an empty draft only, unless --draft or",
            "--force says more.",
            "",
            "Examples:",
            "  apg compose show online-boutique --draft > composition.yaml",
            "  apg compose apply -f composition.yaml",
            "  apg compose apply online-boutique -f composition.yaml --draft 3"
        })
public final class ComposeApplyCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 60;

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
            description = "Only if the draft still has this number (default: the one that the document notes).")
    @Nullable
    Long draft;

    @Option(names = "--force", description = "Whatever the draft is now, and whoever changed it.")
    boolean force;

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
        if (force && draft != null) {
            throw new CommandFailure(ExitCode.USAGE, "Give either --draft or --force.");
        }
        ApgClient client = server.client();
        String path = "/api/v1/compositions/%s/draft".formatted(ApgClient.segment(code));
        Optional<Long> noted = DraftNumber.noted(document, code);
        String tag = tag(client, path, code, document, noted);
        try {
            ApgClient.Answer answer =
                    client.send(client.withJson(path, "PUT", document.root()).header("If-Match", tag));
            server.print(ApgClient.json(answer.body()), ReplacedDraft.class, replaced -> {
                server.out()
                        .printf(
                                "The draft of %s is now number %d.%n",
                                replaced.document().composition(), replaced.draftNumber());
                replaced.described().forEach(field -> server.out().println(changed(field)));
                document.locate(replaced.warnings())
                        .forEach(warning -> server.err().println(WarningText.line(warning)));
                // With --force, the same command applies it again.
                noted.filter(number -> !force && number != replaced.draftNumber())
                        .ifPresent(number -> server.err()
                                .printf(
                                        "%s was made from draft %d; to apply it again: %s%s%n",
                                        document.source(),
                                        number,
                                        server.again("--draft", Long.toString(replaced.draftNumber())),
                                        file.equals("-") ? "\nFILE stands for a file with the document." : ""));
            });
        } catch (ProblemException refused) {
            throw document.locate(DraftNumber.explain(refused, client, code, path, tag));
        }
        return ExitCode.OK.code();
    }

    /** Name, description and type are the composition's, not the draft's: whoever meant the draft alone has to see it. */
    private static String changed(DescribedField field) {
        return "The composition's %s changed, too: %s -> %s"
                .formatted(field.field(), shown(field.from()), shown(field.to()));
    }

    /** In quotes, on one line, the beginning of a long one. */
    private static String shown(String value) {
        String line = Table.clean(value);
        return "\"%s\"".formatted(line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "…");
    }

    /** Of the draft that may be replaced: what others changed since the document was made must not get lost unnoticed. */
    private String tag(ApgClient client, String path, String code, Document document, Optional<Long> noted) {
        if (force) {
            return "*";
        }
        if (draft != null || noted.isPresent()) {
            return DraftNumber.tag(draft != null ? draft : noted.get());
        }
        String present = client.entityTag(path);
        if (present.equals(DraftNumber.tag(0))) {
            return present;
        }
        throw new CommandFailure(
                ExitCode.CONFLICT,
                "%1$s does not say which draft of %2$s it was made from, and there is draft %3$s. `apg compose show %4$s --draft` writes one that does; --draft %3$s replaces this draft, --force whichever there is."
                        .formatted(document.source(), code, present.replace("\"", ""), ShellText.quote(code)));
    }
}
