package dev.apg.cli.output;

import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.Severity;
import dev.apg.contract.composition.ValidationReport.Finding;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What to do about the errors that a validation found.
 *
 * @param sentence what it does
 * @param commands to paste, in this order
 */
public record FindingAdvice(String sentence, List<String> commands) {
    public FindingAdvice {
        commands = List.copyOf(commands);
    }

    /**
     * What is verified first, then where values go that only a person knows.
     *
     * @param draft gives the draft, which knows the present configurations, if it can be had; asked only if one of them is
     *     wrong
     * @param spell makes a command one that can be pasted here
     */
    public static List<FindingAdvice> of(
            String composition,
            List<Finding> findings,
            Supplier<Optional<DraftDocument>> draft,
            UnaryOperator<String> spell) {
        Set<FindingAdvice> advice = new LinkedHashSet<>();
        findings.stream()
                .flatMap(finding -> finding.fixes().stream())
                .forEach(fix -> advice.add(new FindingAdvice(
                        fix.sentence(),
                        fix.operations().stream()
                                .map(operation -> spell.apply(ShellText.command(composition, operation)))
                                .toList())));
        Map<String, List<Finding>> configured = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR && finding.capability() != null)
                .filter(finding -> finding.code().startsWith("configuration."))
                .collect(Collectors.groupingBy(
                        finding -> String.valueOf(finding.capability()), TreeMap::new, Collectors.toList()));
        if (!configured.isEmpty()) {
            draft.get()
                    .ifPresent(present -> configured.forEach(
                            (code, wrong) -> advice.add(configure(composition, present, code, wrong, spell))));
        }
        return List.copyOf(advice);
    }

    /** The command as it can be pasted; a null in it is refused by most schemas, so that it is not forgotten. */
    private static FindingAdvice configure(
            String composition, DraftDocument draft, String code, List<Finding> wrong, UnaryOperator<String> spell) {
        var configuration = OpenConfiguration.of(draft, code);
        wrong.forEach(configuration::open);
        return new FindingAdvice(
                configuration.places().isEmpty()
                        ? "The configuration of %s is given whole; change in it what does not fit:".formatted(code)
                        : "The configuration of %s is given whole; put a value in place of null for %s:"
                                .formatted(code, String.join(", ", configuration.places())),
                List.of(spell.apply(ShellText.configure(composition, code, configuration.json()))));
    }
}
