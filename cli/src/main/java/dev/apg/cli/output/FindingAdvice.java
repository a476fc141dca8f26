package dev.apg.cli.output;

import dev.apg.contract.composition.Severity;
import dev.apg.contract.composition.ValidationReport.Finding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to do about the errors that a validation found.
 *
 * @param sentence what it does
 * @param commands to paste, in this order
 */
public record FindingAdvice(String sentence, List<String> commands) {
    private static final String CONFIGURATION = "configuration.";

    public FindingAdvice {
        commands = List.copyOf(commands);
    }

    /**
     * What is verified first, then where values go that only a person knows.
     *
     * @param spell makes a command one that can be pasted here
     */
    public static List<FindingAdvice> of(String composition, List<Finding> findings, UnaryOperator<String> spell) {
        Set<FindingAdvice> advice = new LinkedHashSet<>();
        findings.stream()
                .flatMap(finding -> finding.fixes().stream())
                .forEach(fix -> advice.add(new FindingAdvice(
                        fix.sentence(),
                        fix.operations().stream()
                                .map(operation -> spell.apply(ShellText.command(composition, operation)))
                                .toList())));
        var configured = new TreeMap<String, List<String>>();
        findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR && finding.capability() != null)
                .filter(finding -> finding.code().startsWith(CONFIGURATION))
                .forEach(finding -> configured
                        .computeIfAbsent(String.valueOf(finding.capability()), code -> new ArrayList<>())
                        .addAll(missing(finding)));
        configured.forEach((code, missing) -> advice.add(new FindingAdvice(
                "The configuration of %s is given whole, so repeat what it has:".formatted(code),
                List.of(spell.apply(ShellText.configure(composition, code, skeleton(missing)))))));
        return List.copyOf(advice);
    }

    /** The key that is not there, if it is one of the outermost. */
    private static List<String> missing(Finding finding) {
        String path = finding.path() == null ? "" : finding.path();
        return finding.code().equals("configuration.missing") && path.lastIndexOf('.') == CONFIGURATION.length() - 1
                ? List.of(path.substring(CONFIGURATION.length()))
                : List.of();
    }

    private static String skeleton(List<String> keys) {
        return keys.isEmpty()
                ? "{…}"
                : Stream.concat(keys.stream().map("\"%s\": …"::formatted), Stream.of("…"))
                        .collect(Collectors.joining(", ", "{", "}"));
    }
}
