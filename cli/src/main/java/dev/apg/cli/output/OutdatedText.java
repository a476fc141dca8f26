package dev.apg.cli.output;

import dev.apg.contract.capability.VersionState;
import dev.apg.contract.composition.BindingChange;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Outdated;
import dev.apg.contract.composition.OutdatedKind;
import dev.apg.contract.composition.ReleaseSize;
import dev.apg.contract.composition.ResolveOptions;
import dev.apg.contract.composition.VersionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Newer versions, and the steps to them, for people. */
public final class OutdatedText {
    private OutdatedText() {}

    /** @param all whether what is up to date is listed, too */
    public static String table(String composition, Outdated outdated, boolean all) {
        String of = outdated.revision() == null
                ? "what the draft of %s resolves to".formatted(composition)
                : "%s@%d".formatted(composition, outdated.revision());
        List<Outdated.Entry> shown = outdated.entries().stream()
                .filter(entry -> all || entry.kind() != OutdatedKind.UP_TO_DATE)
                .toList();
        var text = new StringBuilder();
        if (!shown.isEmpty()) {
            var table = new Table("CAPABILITY", "CURRENT", "WITHIN RANGES", "NEWEST", "SIZE", "HELD BACK BY")
                    .lastColumnUncut();
            for (Outdated.Entry entry : shown) {
                table.row(
                        entry.capability(),
                        marked(entry.current(), entry.state()),
                        orNothing(entry.withinRanges()),
                        marked(entry.newest(), entry.newestState()),
                        size(entry.size()),
                        why(entry));
            }
            text.append(table).append('\n');
        }
        return text.append(summary(of, outdated.entries())).toString();
    }

    private static String summary(String of, List<Outdated.Entry> entries) {
        List<String> counts = new ArrayList<>();
        count(counts, entries, OutdatedKind.UP_TO_DATE, "up to date");
        count(counts, entries, OutdatedKind.WITHIN_RANGES, "within the ranges of the draft");
        count(counts, entries, OutdatedKind.NEEDS_RANGE_CHANGE, "with a change of a range or pin");
        count(counts, entries, OutdatedKind.BLOCKED, "blocked");
        count(counts, entries, OutdatedKind.NOT_CHOSEN, "no longer chosen");
        count(counts, entries, OutdatedKind.NOT_CHECKED, "not checked");
        return entries.isEmpty()
                ? "Nothing is chosen in %s.%n".formatted(of)
                : "Of the %d versions of %s: %s.%n".formatted(entries.size(), of, String.join(", ", counts));
    }

    private static void count(List<String> counts, List<Outdated.Entry> entries, OutdatedKind kind, String words) {
        long count = entries.stream().filter(entry -> entry.kind() == kind).count();
        if (count > 0) {
            counts.add("%d %s".formatted(count, words));
        }
    }

    private static String why(Outdated.Entry entry) {
        List<String> sentences = new ArrayList<>();
        if (entry.state() != null && entry.stateReason() != null) {
            sentences.add(
                    "%s is %s: %s.".formatted(entry.current(), entry.state().wire(), entry.stateReason()));
        }
        if (entry.kind() == OutdatedKind.NOT_CHOSEN) {
            sentences.add("The draft as it stands does not choose it any more.");
        }
        if (entry.kind() == OutdatedKind.NOT_CHECKED) {
            sentences.add("Not checked.");
        }
        if (entry.heldBack() != null) {
            sentences.add(entry.heldBack().sentence());
        }
        if (entry.kind() == OutdatedKind.BLOCKED && entry.withChanges() != null) {
            sentences.add("With a change of the draft it can be %s.".formatted(entry.withChanges()));
        }
        return String.join(" ", sentences);
    }

    /** @param spell makes a command one to paste */
    public static String plan(String composition, Outdated.Plan plan, UnaryOperator<String> spell) {
        var text = new StringBuilder();
        if (!plan.steps().isEmpty()) {
            text.append("\nSteps, the smallest risk first; each of them leads to a draft that has a solution:\n");
        }
        for (Outdated.UpgradeStep step : plan.steps()) {
            text.append("\n  %d. %s (%s)%n"
                    .formatted(
                            step.number(),
                            Table.clean(step.sentence()),
                            step.size().wire()));
            for (VersionChange move : step.moves()) {
                text.append("       %s%n".formatted(Table.clean(move.sentence())));
            }
            for (BindingChange swap : step.swaps()) {
                text.append("       %s%n".formatted(Table.clean(swap.sentence())));
            }
            for (DraftOperation operation : step.operations()) {
                text.append("     %s%n".formatted(spell.apply(ShellText.command(composition, operation))));
            }
            text.append("     %s%n".formatted(spell.apply(command("resolve", composition, step.resolve()))));
        }
        if (plan.truncated()) {
            text.append("%nThere are more steps than these, for %s: ask again when these are made.%n"
                    .formatted(Table.clean(String.join(", ", plan.left()))));
        }
        if (!plan.outOfReach().isEmpty()) {
            text.append(plan.steps().isEmpty() ? "\nOut of reach:\n" : "\nOut of reach after these steps:\n");
            plan.outOfReach().forEach(each -> text.append("  %s%n".formatted(Table.clean(each.sentence()))));
        }
        if (!plan.steps().isEmpty()) {
            ResolveOptions first = plan.steps().getFirst().resolve();
            ResolveOptions last = plan.steps().getLast().resolve();
            // What the draft resolves to without more is the first step, if it is one.
            if (!first.equals(last)) {
                text.append("%nTo keep what step 1 leads to: %s"
                        .formatted(spell.apply(command("freeze", composition, first))));
            }
            text.append("%nTo keep what a %sstep leads to: %s%n"
                    .formatted(first.equals(last) ? "" : "later ", spell.apply(command("freeze", composition, last))));
        }
        return text.toString();
    }

    private static String command(String name, String composition, ResolveOptions options) {
        return "apg %s %s%s%s"
                .formatted(
                        name,
                        ShellText.quote(composition),
                        options.previous() == null ? "" : " --previous " + options.previous(),
                        options.updateAll() ? " --update-all" : "");
    }

    private static String marked(@Nullable String version, @Nullable VersionState state) {
        return version == null ? "" : state == null ? version : "%s (%s)".formatted(version, state.wire());
    }

    private static String size(@Nullable ReleaseSize size) {
        return size == null ? "" : size.wire();
    }

    private static String orNothing(@Nullable String text) {
        return text == null ? "" : text;
    }
}
