package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.FindingAdvice;
import dev.apg.cli.output.FindingsText;
import dev.apg.cli.output.ResolutionText;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.ValidationReport;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Reports what is wrong with a draft. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Report what is wrong with a draft, and what whoever runs it should know.",
        footer = {
            "",
            "Ends with 0 if the draft can be frozen, 6 if it has no solution, 5 if it breaks a rule.",
            "",
            "Examples:",
            "  apg compose validate online-boutique",
            "  apg compose validate online-boutique --update-all --all"
        })
public final class ComposeValidateCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "COMPOSITION")
    String composition;

    @Option(names = "--all", description = "List each warning and note, and not only the first of a kind.")
    boolean all;

    @Mixin
    ResolutionOptions options;

    @Override
    public Integer call() {
        ApgClient client = server.client();
        String path = "/api/v1/compositions/" + ApgClient.segment(composition);
        JsonNode answer = client.inquire(path + "/validate", options.asked());
        server.print(
                answer,
                ValidationReport.class,
                report ->
                        print(report, () -> SideQuestion.ask(() -> client.get(path + "/draft", DraftDocument.class))));
        ValidationReport report = ApgClient.read(answer, ValidationReport.class);
        if (report.valid()) {
            return ExitCode.OK.code();
        }
        return (report.explanation() == null ? ExitCode.INVALID : ExitCode.UNSOLVABLE).code();
    }

    private void print(ValidationReport report, Supplier<Optional<DraftDocument>> draft) {
        server.out()
                .print(FindingsText.of(
                        report.findings(),
                        all,
                        FindingAdvice.of(composition, report.findings(), draft, server::spell)));
        if (report.explanation() != null) {
            server.out().println(ResolutionText.of(report.explanation(), Fixes.commands(composition, server)));
        }
        server.out()
                .println(
                        report.valid()
                                ? "%s can be frozen.".formatted(composition)
                                : "%s cannot be frozen.".formatted(composition));
    }
}
