package dev.apg.cli.output;

import dev.apg.contract.composition.Explanation;
import dev.apg.contract.impact.ImpactAnswer;
import dev.apg.contract.impact.ImpactAnswer.ImpactItem;
import dev.apg.contract.impact.ImpactAnswer.ImpactSubject;
import dev.apg.contract.impact.ImpactAnswer.ImpactTotals;
import dev.apg.contract.impact.ImpactVerdict;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What a change would mean for the compositions, for people. */
public final class ImpactText {
    private ImpactText() {}

    /** What was asked, and how many compositions have each verdict. */
    public static String summary(ImpactAnswer answer) {
        String counts = counts(answer.totals());
        return "%s: %s.%s%s"
                .formatted(
                        subject(answer.candidate()),
                        counts.isEmpty() ? "no composition was ever frozen" : counts,
                        hidden(answer),
                        answer.withoutRevision() == 0
                                ? ""
                                : " Never frozen, so not looked at: %d.".formatted(answer.withoutRevision()));
    }

    private static String counts(ImpactTotals totals) {
        return EnumSet.allOf(ImpactVerdict.class).stream()
                .filter(verdict -> count(totals, verdict) > 0)
                .sorted(Comparator.reverseOrder())
                .map(verdict -> "%d %s%s"
                        .formatted(
                                count(totals, verdict),
                                words(verdict),
                                verdict == ImpactVerdict.BROKEN ? already(totals) : ""))
                .collect(Collectors.joining(", "));
    }

    private static String hidden(ImpactAnswer answer) {
        ImpactTotals hidden = answer.hidden();
        if (hidden == null) {
            return "";
        }
        long all = EnumSet.allOf(ImpactVerdict.class).stream()
                .mapToLong(verdict -> count(hidden, verdict))
                .sum();
        return " %d more that you may not read: %s.".formatted(all, counts(hidden));
    }

    private static String already(ImpactTotals totals) {
        if (totals.brokenAlready() == 0) {
            return "";
        }
        return totals.brokenAlready() == totals.broken()
                ? " already"
                : " (%d of them already)".formatted(totals.brokenAlready());
    }

    private static String subject(ImpactSubject subject) {
        String name = subject.version() == null ? subject.capability() : subject.capability() + " " + subject.version();
        if (subject.published() != null) {
            return subject.published() ? name + ", published already" : name + ", not published";
        }
        if (subject.state() != null) {
            return "%s, if it were %s".formatted(name, subject.state().wire());
        }
        return subject.status() == null
                ? name
                : "%s, if it were %s".formatted(name, subject.status().wire());
    }

    public static long count(ImpactTotals totals, ImpactVerdict verdict) {
        return switch (verdict) {
            case UNAFFECTED -> totals.unaffected();
            case UPGRADABLE -> totals.upgradable();
            case BLOCKED -> totals.blocked();
            case BROKEN -> totals.broken();
            case NOT_CHECKED -> totals.notChecked();
        };
    }

    /** In a sentence. */
    public static String words(ImpactVerdict verdict) {
        return verdict.wire().replace('_', ' ');
    }

    /** A row for each composition. */
    public static Table table(ImpactAnswer answer) {
        var table = new Table("COMPOSITION", "VERDICT", "HAS", "WHAT").lastColumnUncut();
        for (ImpactItem item : answer.items()) {
            table.row(
                    "%s@%d".formatted(item.composition(), item.revision()),
                    Boolean.TRUE.equals(item.brokenAlready()) ? "broken already" : words(item.verdict()),
                    item.locked() == null ? "-" : item.locked(),
                    item.sentence());
        }
        return table;
    }

    /**
     * Of each composition that has one, the derivation and what would help. A derivation that many share is told once.
     *
     * @param commands for a fix of a composition
     */
    public static String explanations(
            List<ImpactItem> items, BiFunction<String, Explanation.Fix, List<String>> commands) {
        Map<String, String> told = new HashMap<>();
        var text = new StringBuilder();
        for (ImpactItem item : items) {
            Explanation explanation = item.explanation();
            if (explanation != null) {
                String name = "%s@%d".formatted(item.composition(), item.revision());
                String derivation = ResolutionText.derivation(explanation);
                String first = told.putIfAbsent(derivation, name);
                text.append("%n%s: %s%n".formatted(name, Table.clean(item.sentence())))
                        .append(first == null ? derivation : "For the same reasons as %s.%n".formatted(first))
                        .append(ResolutionText.fixes(explanation, fix -> commands.apply(item.composition(), fix)));
            }
        }
        return text.toString();
    }
}
