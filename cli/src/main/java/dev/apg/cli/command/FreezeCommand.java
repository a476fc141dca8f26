package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.output.FindingAdvice;
import dev.apg.cli.output.FindingsText;
import dev.apg.cli.output.ResolutionText;
import dev.apg.cli.output.ShellText;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.FreezeRequest;
import dev.apg.contract.composition.FrozenRevision;
import dev.apg.contract.composition.ValidationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Freezes a draft into a revision. */
@Command(
        name = "freeze",
        mixinStandardHelpOptions = true,
        description = "Freeze a draft into the next revision: its lock and its bundle never change again.",
        footer = {
            "",
            "Versions of the newest revision are kept while they hold; --update and --update-all free them. What `apg",
            "resolve` shows with the same options is what gets frozen, unless something is published in between.",
            "Ends with 6 if there is no solution, and says why.",
            "",
            "Examples:",
            "  apg freeze online-boutique -m 'Carts in Redis'",
            "  apg freeze online-boutique --update redis-cart -m 'A newer Redis'",
            "  apg freeze online-boutique -m 'As reviewed' --draft 3"
        })
public final class FreezeCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "COMPOSITION")
    String composition;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "MESSAGE",
            description = "Why, for people who read the list of revisions.")
    @Nullable
    String message;

    @Option(
            names = "--draft",
            paramLabel = "N",
            description = "Only if the draft still has this number (default: whatever it is now).")
    @Nullable
    Long draft;

    @Mixin
    ResolutionOptions options;

    @Override
    public Integer call() {
        ApgClient client = server.client();
        String path = "/api/v1/compositions/" + ApgClient.segment(composition);
        String tag = DraftNumber.tag(client, path + "/draft", draft);
        byte[] answer;
        try {
            answer = client.send(
                            client.withJson(path + "/revisions", "POST", new FreezeRequest(message, options.asked()))
                                    .header("If-Match", tag))
                    .body();
        } catch (ProblemException refused) {
            throw refused.problem().code().equals(ProblemException.DRAFT_INVALID)
                    ? explained(refused, client, path)
                    : DraftNumber.explain(refused, client, composition, path + "/draft", tag);
        }
        server.print(ApgClient.json(answer), FrozenRevision.class, this::print);
        return ExitCode.OK.code();
    }

    private void print(FrozenRevision revision) {
        server.out()
                .printf(
                        """
                Froze %1$s as revision %2$d.
                  lock    %3$s
                  bundle  %4$s
                Get its files:
                  %5$s
                """,
                        composition,
                        revision.number(),
                        revision.lockDigest(),
                        revision.bundleDigest(),
                        server.spell("apg bundle %1$s@%2$d -o %1$s-%2$d".formatted(composition, revision.number())));
        String all = server.spell("apg compose validate %s --all".formatted(ShellText.quote(composition)));
        server.err().print(FindingsText.warnings(revision.warnings(), revision.warningCount(), all));
        server.err().flush();
    }

    /** With what a validation tells more, for people; its explanation goes where {@code apg resolve} prints it. */
    private RuntimeException explained(ProblemException refused, ApgClient client, String path) {
        Optional<ValidationReport> report = server.json
                ? Optional.empty()
                : SideQuestion.ask(() ->
                        ApgClient.read(client.inquire(path + "/validate", options.asked()), ValidationReport.class));
        if (report.isEmpty()) {
            return refused;
        }
        Explanation explanation = report.get().explanation();
        if (explanation == null || refused.exitCode() != ExitCode.UNSOLVABLE) {
            return refused.withAdvice(advice(client, path, report.get()));
        }
        server.out().print(ResolutionText.of(explanation, Fixes.commands(composition, server)));
        return new CommandFailure(
                ExitCode.UNSOLVABLE, "Nothing was frozen: %s has no solution.".formatted(composition));
    }

    private List<String> advice(ApgClient client, String path, ValidationReport report) {
        var sentences = new ArrayList<String>();
        FindingAdvice.of(
                        composition,
                        report.findings(),
                        () -> SideQuestion.ask(() -> client.get(path + "/draft", DraftDocument.class)),
                        server::spell)
                .forEach(advice ->
                        sentences.add("%s `%s`".formatted(advice.sentence(), String.join(" && ", advice.commands()))));
        sentences.add("`apg compose validate %s` tells warnings and notes as well.".formatted(composition));
        return sentences;
    }
}
