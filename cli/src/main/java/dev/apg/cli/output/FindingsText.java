package dev.apg.cli.output;

import dev.apg.contract.composition.Severity;
import dev.apg.contract.composition.ValidationReport.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a validation found, for people: errors first and each told, of what is usual only the first of a kind. */
public final class FindingsText {
    /** So many of one code are told one by one. */
    private static final int FEW = 2;
    /** So many capabilities are named where more have the same finding. */
    private static final int NAMED = 6;
    /** What lists those that are not named. */
    private static final String ALL = "--all";

    private FindingsText() {}

    /**
     * @param all whether warnings and notes are told one by one, too
     * @param advice about the errors
     */
    public static String of(List<Finding> findings, boolean all, List<FindingAdvice> advice) {
        var text = new StringBuilder();
        section(text, "Errors", of(Severity.ERROR, findings), true, ALL);
        if (!advice.isEmpty()) {
            text.append("What to do (%d)%n".formatted(advice.size()));
            advice.forEach(each -> {
                text.append("  %s%n".formatted(Table.clean(each.sentence())));
                each.commands().forEach(command -> text.append("    %s%n".formatted(command)));
            });
            text.append('\n');
        }
        section(text, "Warnings", of(Severity.WARNING, findings), all, ALL);
        section(text, "Notes", of(Severity.NOTE, findings), all, ALL);
        return text.toString();
    }

    /**
     * Warnings alone, of each kind only the first.
     *
     * @param count how many there are, which may be more than are given
     * @param command that lists them one by one
     */
    public static String warnings(List<Finding> warnings, int count, String command) {
        var text = new StringBuilder();
        String lister = "`%s`".formatted(command);
        section(text, "Warnings", warnings, false, lister);
        if (count > warnings.size()) {
            text.append("Warnings beyond the first %d are left out; %s lists all %d.%n"
                    .formatted(warnings.size(), lister, count));
        }
        return text.toString();
    }

    private static List<Finding> of(Severity severity, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
    }

    private static void section(StringBuilder text, String title, List<Finding> findings, boolean all, String lister) {
        if (findings.isEmpty()) {
            return;
        }
        text.append("%s (%d)%n".formatted(title, findings.size()));
        Map<String, List<Finding>> byCode = findings.stream()
                .collect(Collectors.groupingBy(Finding::code, LinkedHashMap::new, Collectors.toList()));
        byCode.forEach((code, alike) -> {
            if (all || alike.size() <= FEW) {
                alike.forEach(finding -> text.append("  %s: %s%n".formatted(code, sentence(finding))));
            } else {
                text.append("  %s, %d times: %s%n".formatted(code, alike.size(), names(alike, lister)));
                text.append("    the first: %s%n".formatted(sentence(alike.getFirst())));
            }
        });
        text.append('\n');
    }

    private static String names(List<Finding> alike, String lister) {
        List<String> names = alike.stream()
                .map(finding -> finding.capability() == null ? "the draft" : finding.capability())
                .distinct()
                .toList();
        String named = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return Table.clean(
                names.size() <= NAMED
                        ? named
                        : "%s … and %d more (%s lists them)".formatted(named, names.size() - NAMED, lister));
    }

    /** Whether a sentence names a capability; an image that is called like it does not count. */
    private static boolean names(String sentence, String capability) {
        return Pattern.compile("(?<![\\w./:-])%s(?![\\w/:-])".formatted(Pattern.quote(capability)))
                .matcher(sentence)
                .find();
    }

    /** The sentence, with what it is about if it does not say so itself. */
    private static String sentence(Finding finding) {
        var parts = new ArrayList<String>();
        if (finding.capability() != null && !names(finding.sentence(), finding.capability())) {
            parts.add(
                    finding.version() == null ? finding.capability() : finding.capability() + " " + finding.version());
        }
        parts.add(finding.sentence());
        String told = String.join(": ", parts);
        boolean place = finding.path() != null && !told.contains(finding.path());
        return Table.clean(place ? "%s [%s]".formatted(told, finding.path()) : told);
    }
}
