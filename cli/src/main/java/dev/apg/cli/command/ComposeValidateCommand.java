package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.ResolutionText;
import dev.apg.cli.output.Table;
import dev.apg.contract.composition.ResolveOptions;
import dev.apg.contract.composition.ValidationReport;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "  apg compose validate online-boutique --json"
        })
public final class ComposeValidateCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "COMPOSITION")
    String composition;

    @Override
    public Integer call() {
        JsonNode answer = server.client()
                .post(
                        "/api/v1/compositions/%s/validate".formatted(ApgClient.segment(composition)),
                        ResolveOptions.DEFAULT);
        server.print(answer, ValidationReport.class, this::print);
        ValidationReport report = ApgClient.read(answer, ValidationReport.class);
        if (report.valid()) {
            return ExitCode.OK.code();
        }
        return (report.explanation() == null ? ExitCode.INVALID : ExitCode.UNSOLVABLE).code();
    }

    private void print(ValidationReport report) {
        if (!report.findings().isEmpty()) {
            var table = new Table("SEVERITY", "CODE", "ABOUT", "FINDING").lastColumnUncut();
            report.findings()
                    .forEach(finding ->
                            table.row(finding.severity().wire(), finding.code(), about(finding), finding.sentence()));
            server.out().println(table);
        }
        if (report.explanation() != null) {
            server.out().println(ResolutionText.of(report.explanation(), Fixes.commands(composition)));
        }
        server.out()
                .println(
                        report.valid()
                                ? "%s can be frozen.".formatted(composition)
                                : "%s cannot be frozen.".formatted(composition));
    }

    /** {@code redis-cart 7.2.5: runtime.image}, as far as it is known. */
    private static String about(ValidationReport.Finding finding) {
        return Stream.of(finding.capability(), finding.version(), finding.path())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }
}
