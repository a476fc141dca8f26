package dev.apg.server.composition;

import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.Mark;
import dev.apg.contract.composition.Resolution;
import dev.apg.contract.composition.Severity;
import dev.apg.contract.composition.ValidationReport;
import dev.apg.contract.composition.ValidationReport.Finding;
import dev.apg.resolver.Fact;
import dev.apg.resolver.Target;
import dev.apg.server.capability.VersionKey;
import dev.apg.server.capability.VersionPurge;
import dev.apg.server.composition.bundle.BundleNote;
import dev.apg.server.composition.bundle.BundleProblem;
import dev.apg.server.composition.bundle.BundleReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What validation has to say, with the codes that {@code docs/compositions.md} lists. */
final class Findings {
    private static final int MOST_NAMED = 5;

    private Findings() {}

    static ValidationReport report(List<Finding> findings, @Nullable Explanation explanation) {
        return new ValidationReport(
                findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR),
                findings.stream()
                        .sorted(Comparator.comparing(Finding::severity))
                        .toList(),
                explanation);
    }

    static Finding unsolvable(dev.apg.resolver.Explanation explanation) {
        boolean conflicting = explanation.core().stream()
                .anyMatch(fact -> fact instanceof Fact.Conflicts || fact instanceof Fact.OnlyOne);
        return conflicting
                ? about(
                        Severity.ERROR,
                        "conflicting",
                        "What the draft asks for contradicts itself: %s The report's explanation derives it."
                                .formatted(conclusion(explanation)))
                : about(
                        Severity.ERROR,
                        "unsatisfied",
                        "Something that is needed cannot be had: %s The report's explanation derives it."
                                .formatted(conclusion(explanation)));
    }

    /** How a derivation ends. Where it only lists facts, that names nothing, so what is asked for is named. */
    private static String conclusion(dev.apg.resolver.Explanation explanation) {
        String last = explanation.conclusion();
        String sentence = Character.toLowerCase(last.charAt(0)) + last.substring(1);
        List<String> asked = explanation.core().stream()
                .filter(Fact.Asked.class::isInstance)
                .map(fact -> named(((Fact.Asked) fact).root().target()))
                .toList();
        return explanation.isListed() && !asked.isEmpty()
                ? "%s Asked for: %s%s."
                        .formatted(
                                sentence,
                                asked.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")),
                                asked.size() > MOST_NAMED ? " and %d more".formatted(asked.size() - MOST_NAMED) : "")
                : sentence;
    }

    private static String named(Target target) {
        String range = target.range().text();
        return "*".equals(range) ? target.code() : target.code() + " " + range;
    }

    static Finding exhausted(Resolution.Exhausted exhausted) {
        return about(
                Severity.ERROR,
                "exhausted",
                "No answer was known after %d steps; a larger step budget may find one.".formatted(exhausted.steps()));
    }

    static Finding notChecked() {
        return about(
                Severity.NOTE,
                "not_checked",
                "Configuration and run time are not checked, because no versions were chosen.");
    }

    static Finding nothingToRun() {
        return about(
                Severity.NOTE,
                "nothing_to_run",
                "No chosen version has a run-time descriptor (runtime), so the bundle starts nothing.");
    }

    static Finding purged(Resolution.ResolvedEntry entry) {
        return new Finding(
                Severity.ERROR,
                "purged",
                entry.capability(),
                entry.version(),
                null,
                "%s %s was purged while this was looked at; try again.".formatted(entry.capability(), entry.version()));
    }

    /** What is left of a report whose findings may quote a version that was purged. */
    static ValidationReport withheld(VersionPurge purge) {
        VersionKey key = purge.key();
        var finding = new Finding(
                Severity.NOTE,
                "report.purged",
                key.capability(),
                key.number(),
                null,
                "What validation said was erased with the bundle when %s was purged.".formatted(key));
        return new ValidationReport(true, List.of(finding), null);
    }

    /** Of the choice itself. */
    static List<Finding> of(Draft draft, Resolution.Solved solved) {
        List<Finding> findings = new ArrayList<>();
        if (solved.entries().isEmpty()) {
            findings.add(about(Severity.ERROR, "empty", "The draft names no capability and no service."));
        }
        solved.leftBehind()
                .forEach(change -> findings.add(new Finding(
                        Severity.WARNING, "left_behind", change.capability(), change.to(), null, change.sentence())));
        solved.untoldSwaps()
                .forEach(swap ->
                        findings.add(new Finding(Severity.WARNING, "swap", swap.to(), null, null, swap.sentence())));
        solved.entries().forEach(entry -> findings.addAll(marks(entry)));
        for (Resolution.Cycle cycle : solved.cycles()) {
            findings.add(new Finding(
                    Severity.WARNING,
                    "cycle",
                    cycle.path().getFirst(),
                    null,
                    String.join(" -> ", cycle.path()),
                    "%s need each other, so none of them can wait for all the others to start."
                            .formatted(cycle.members().stream().collect(Collectors.joining(", ")))));
        }
        for (Resolution.LeftOut left : solved.leftOut()) {
            findings.add(new Finding(
                    Severity.NOTE,
                    "recommendation_left_out",
                    left.capability(),
                    left.version(),
                    left.requirement(),
                    left.sentence()));
        }
        findings.addAll(unused(draft, solved));
        return findings;
    }

    /** That a chosen version is deprecated or the like, one finding for each mark; with the reason that was given. */
    static List<Finding> marks(Resolution.ResolvedEntry entry) {
        return entry.marks().stream()
                .map(mark -> new Finding(
                        Severity.WARNING,
                        mark.wire(),
                        entry.capability(),
                        entry.version(),
                        null,
                        "%s %s is %s%s"
                                .formatted(
                                        entry.capability(),
                                        entry.version(),
                                        mark.wire(),
                                        hasReason(mark, entry) && entry.stateReason() != null
                                                ? ": " + stopped(entry.stateReason())
                                                : ".")))
                .toList();
    }

    /** A version is in one state, which the reason is of; its capability may be deprecated beside that. */
    private static boolean hasReason(Mark mark, Resolution.ResolvedEntry entry) {
        return mark == Mark.YANKED || mark == Mark.DEPRECATED && !entry.marks().contains(Mark.YANKED);
    }

    private static String stopped(String reason) {
        return reason.endsWith(".") ? reason : reason + ".";
    }

    /** Parts of the draft that have no effect on the choice. */
    private static List<Finding> unused(Draft draft, Resolution.Solved solved) {
        List<String> chosen = solved.entries().stream()
                .map(Resolution.ResolvedEntry::capability)
                .toList();
        List<Finding> findings = new ArrayList<>();
        draft.configuration().keySet().stream()
                .filter(code -> !chosen.contains(code))
                .forEach(code -> findings.add(new Finding(
                        Severity.WARNING,
                        "configuration.unused",
                        code,
                        null,
                        "configuration." + code,
                        "The draft configures %s, which was not chosen: that has no effect.".formatted(code))));
        draft.pins().keySet().stream()
                .filter(code -> !chosen.contains(code))
                .forEach(code -> findings.add(new Finding(
                        Severity.NOTE,
                        "pin.unused",
                        code,
                        null,
                        "pins." + code,
                        "The draft pins %s, which was not chosen: that has no effect.".formatted(code))));
        return findings;
    }

    /** Why there would be no bundle. */
    static Finding of(BundleProblem problem, List<Explanation.Fix> fixes) {
        return new Finding(
                Severity.ERROR, problem.code(), problem.capability(), null, problem.field(), problem.message(), fixes);
    }

    /** What should be known of the bundle that the choice would give. */
    static List<Finding> notes(BundleReport report) {
        return report.notes().stream()
                .map(note -> new Finding(
                        severity(note.kind()), "run." + note.kind().wire(), note.capability(), null, null, note.text()))
                .toList();
    }

    private static Severity severity(BundleNote.Kind kind) {
        return switch (kind) {
            case IMAGE_NOT_PINNED,
                    NEEDS_ROOT,
                    USER_NOT_KNOWN,
                    REPLICAS_REDUCED,
                    ROOT_WRITABLE_IN_COMPOSE,
                    PUBLISHED_PORT_MOVED -> Severity.WARNING;
            case HEALTH_NOT_IN_COMPOSE,
                    REPLICAS_NOT_IN_COMPOSE,
                    PROVIDER_ABSENT,
                    CONFIGURATION_ABSENT,
                    VOLUME_SIZE_ASSUMED -> Severity.NOTE;
        };
    }

    /** What would not have been an error, for a refusal. */
    static String expected(Finding error) {
        return switch (error.code()) {
            case "unsatisfied", "conflicting" ->
                "a draft that has a solution; validate or resolve it for the explanation why it has none";
            case "exhausted" -> "a draft that resolves within options.step_budget";
            case "empty" -> "a member or a required service";
            case "configuration.missing", "configuration.invalid" ->
                "a configuration that fits the schema of the version";
            case "purged" -> "versions that are there; try again";
            default -> "a draft whose parts can run beside each other";
        };
    }

    private static Finding about(Severity severity, String code, String sentence) {
        return new Finding(severity, code, null, null, null, sentence);
    }
}
