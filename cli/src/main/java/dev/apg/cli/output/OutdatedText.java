package dev.apg.cli.output;

import dev.apg.contract.capability.VersionState;
import dev.apg.contract.composition.BindingChange;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Outdated;
import dev.apg.contract.composition.OutdatedKind;
import dev.apg.contract.composition.ReleaseSize;
import dev.apg.contract.composition.Resolution;
import dev.apg.contract.composition.ResolveOptions;
import dev.apg.contract.composition.VersionChange;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Newer versions, and the steps to them, for people. */
public final class OutdatedText {
    private OutdatedText() {}

    /**
     * @param all whether what is up to date is listed, too
     * @param spell makes a command one to paste
     */
    public static String table(String composition, Outdated outdated, boolean all, UnaryOperator<String> spell) {
        String of = outdated.revision() == null
                ? "what the draft of %s resolves to".formatted(composition)
                : "%s@%d".formatted(composition, outdated.revision());
        List<Outdated.Entry> shown = outdated.entries().stream()
                .filter(entry -> all || isWorthTelling(entry))
                .toList();
        var text = new StringBuilder();
        if (!shown.isEmpty()) {
            var table = new Table(
                            "CAPABILITY", "CURRENT", "WITHIN RANGES", "WITH CHANGES", "NEWEST", "SIZE", "WHAT TO KNOW")
                    .lastColumnUncut();
            for (Outdated.Entry entry : shown) {
                table.row(
                        entry.capability(),
                        marked(entry.current(), entry.state()),
                        marked(entry.withinRanges(), entry.withinRangesState()),
                        marked(entry.withChanges(), entry.withChangesState()),
                        marked(entry.newest(), entry.newestState()),
                        size(entry.size()),
                        about(composition, entry, spell));
            }
            text.append(table).append('\n');
        }
        return text.append(summary(of, outdated.entries())).toString();
    }

    private static String summary(String of, List<Outdated.Entry> entries) {
        List<String> counts = new ArrayList<>();
        count(counts, entries, OutdatedKind.UP_TO_DATE, "up to date");
        count(
                counts,
                entries.stream().filter(entry -> !isOlder(entry)).toList(),
                OutdatedKind.WITHIN_RANGES,
                "within the ranges of the draft");
        count(
                counts,
                entries.stream().filter(OutdatedText::isOlder).toList(),
                OutdatedKind.WITHIN_RANGES,
                "only in an older version within the ranges");
        count(counts, entries, OutdatedKind.NEEDS_RANGE_CHANGE, "with a change of a range or pin");
        count(counts, entries, OutdatedKind.NOT_PREFERRED, "not preferred by the policy");
        count(counts, entries, OutdatedKind.BLOCKED, "blocked");
        count(counts, entries, OutdatedKind.NOT_CHOSEN, "no longer chosen");
        count(counts, entries, OutdatedKind.NOT_CHECKED, "not checked");
        return entries.isEmpty()
                ? "Nothing is chosen in %s.%n".formatted(of)
                : "Of the %d versions of %s: %s%s.%n"
                        .formatted(entries.size(), of, String.join(", ", counts), alsoWithin(entries));
    }

    /** Whether the draft comes to an older version than the lock has: that one may not be taken any more, say. */
    private static boolean isOlder(Outdated.Entry entry) {
        return entry.withinRanges() != null
                && SemVer.parse(entry.withinRanges()).compareTo(SemVer.parse(entry.current())) < 0;
    }

    /** Of those that are counted for the newest version, which the ranges do not admit. */
    private static String alsoWithin(List<Outdated.Entry> entries) {
        long count = entries.stream()
                .filter(entry -> switch (entry.kind()) {
                    case NEEDS_RANGE_CHANGE, NOT_PREFERRED, BLOCKED -> true;
                    case UP_TO_DATE, WITHIN_RANGES, NOT_CHOSEN, NOT_CHECKED -> false;
                })
                .filter(entry -> entry.withinRanges() != null
                        && SemVer.parse(entry.withinRanges()).compareTo(SemVer.parse(entry.current())) > 0)
                .count();
        return count == 0
                ? ""
                : "; %d of these %s a newer version within the ranges, too"
                        .formatted(count, count == 1 ? "has" : "have");
    }

    private static void count(List<String> counts, List<Outdated.Entry> entries, OutdatedKind kind, String words) {
        long count = entries.stream().filter(entry -> entry.kind() == kind).count();
        if (count > 0) {
            counts.add("%d %s".formatted(count, words));
        }
    }

    /** What is marked, and what a step moves for the sake of others, is told even where nothing newer is to be had. */
    private static boolean isWorthTelling(Outdated.Entry entry) {
        return entry.kind() != OutdatedKind.UP_TO_DATE
                || entry.state() != null
                || entry.status() != null
                || entry.planStep() != null;
    }

    private static String about(String composition, Outdated.Entry entry, UnaryOperator<String> spell) {
        List<String> sentences = new ArrayList<>();
        if (entry.state() != null) {
            sentences.add("%s is %s%s."
                    .formatted(
                            entry.current(),
                            entry.state().wire(),
                            entry.stateReason() == null ? "" : ": " + entry.stateReason()));
        }
        if (entry.status() != null) {
            sentences.add(
                    "%s is %s.".formatted(entry.capability(), entry.status().wire()));
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
        if (isOlder(entry)) {
            sentences.add("The draft as it stands comes to %s.".formatted(entry.withinRanges()));
        }
        planned(composition, entry, spell).ifPresent(sentences::add);
        // A command stands last: what followed it would be pasted with it.
        if (entry.kind() == OutdatedKind.NOT_PREFERRED) {
            sentences.add("To take it all the same: %s"
                    .formatted(entry.operations().stream()
                            .map(operation -> spell.apply(ShellText.command(composition, operation)))
                            .collect(Collectors.joining("; "))));
        }
        return String.join(" ", sentences);
    }

    /** Where the plan does not lead to the best that the row has. */
    private static Optional<String> planned(String composition, Outdated.Entry entry, UnaryOperator<String> spell) {
        String best = entry.withChanges() == null ? entry.withinRanges() : entry.withChanges();
        if (best == null || best.equals(entry.planned()) || entry.planned() == null && entry.planStep() == null) {
            return Optional.empty();
        }
        if (entry.planned() == null) {
            return Optional.of("The plan does without it.");
        }
        String told = "The plan leads to %s.".formatted(entry.planned());
        return Optional.of(
                entry.kind() == OutdatedKind.WITHIN_RANGES
                        ? "%s To take %s instead: %s"
                                .formatted(
                                        told,
                                        best,
                                        spell.apply("apg resolve %s --update %s"
                                                .formatted(
                                                        ShellText.quote(composition),
                                                        ShellText.quote(entry.capability()))))
                        : told);
    }

    /**
     * The steps of an answer that has a plan.
     *
     * @param spell makes a command one to paste
     */
    public static String plan(String composition, Outdated outdated, Outdated.Plan plan, UnaryOperator<String> spell) {
        var text = new StringBuilder();
        if (!plan.steps().isEmpty()) {
            text.append(
                    "\nSteps, first away from deprecated versions, then the smallest risk first; each of them leads to a draft that has a solution:\n");
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
        if (!plan.left().isEmpty()) {
            text.append("%nThere is more than these steps, for %s: ask again when they are made.%n"
                    .formatted(Table.clean(String.join(", ", plan.left()))));
        }
        Set<String> told = outdated.entries().stream()
                .flatMap(entry -> Stream.ofNullable(entry.heldBack()))
                .map(Resolution.HeldBack::sentence)
                .collect(Collectors.toSet());
        List<Outdated.OutOfReach> untold = plan.outOfReach().stream()
                .filter(each -> !told.contains(each.sentence()))
                .toList();
        if (!untold.isEmpty()) {
            text.append(
                    plan.steps().isEmpty()
                            ? "\nNot at the newest version:\n"
                            : "\nNot at the newest version after these steps:\n");
            untold.forEach(each -> text.append("  %s%n".formatted(Table.clean(each.sentence()))));
            String others = plan.outOfReach().stream()
                    .filter(each -> told.contains(each.sentence()))
                    .map(Outdated.OutOfReach::capability)
                    .collect(Collectors.joining(", "));
            if (!others.isEmpty()) {
                text.append("  For the reasons above: %s%n".formatted(Table.clean(others)));
            }
        }
        if (!plan.older().isEmpty()) {
            text.append("\nNo step, as it leads to older versions:\n");
            plan.older().forEach(each -> text.append("  %s%n".formatted(Table.clean(each.sentence()))));
        }
        if (plan.steps().size() == 1) {
            text.append("%nTo keep what this leads to: %s%n".formatted(spell.apply(freeze(composition, plan, 0))));
        } else if (!plan.steps().isEmpty()) {
            text.append(
                    "%nTo keep what a step leads to, freeze with the options of its `apg resolve`. After the last: %s%n"
                            .formatted(spell.apply(
                                    freeze(composition, plan, plan.steps().size() - 1))));
        }
        return text.toString();
    }

    private static String freeze(String composition, Outdated.Plan plan, int step) {
        return command("freeze", composition, plan.steps().get(step).resolve());
    }

    private static String command(String name, String composition, ResolveOptions options) {
        String update = options.update().stream()
                .map(code -> " --update " + ShellText.quote(code))
                .collect(Collectors.joining());
        return "apg %s %s%s%s%s"
                .formatted(
                        name,
                        ShellText.quote(composition),
                        options.previous() == null ? "" : " --previous " + options.previous(),
                        update,
                        options.updateAll() ? " --update-all" : "");
    }

    private static String marked(@Nullable String version, @Nullable VersionState state) {
        return version == null ? "" : state == null ? version : "%s (%s)".formatted(version, state.wire());
    }

    private static String size(@Nullable ReleaseSize size) {
        return size == null ? "" : size.wire();
    }
}
