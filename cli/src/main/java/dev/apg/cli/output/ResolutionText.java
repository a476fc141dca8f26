package dev.apg.cli.output;

import dev.apg.contract.composition.BindingChange;
import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.HoldingCause;
import dev.apg.contract.composition.LockDocument.Reason;
import dev.apg.contract.composition.Mark;
import dev.apg.contract.composition.Resolution;
import dev.apg.contract.composition.Resolution.ProviderChoice;
import dev.apg.contract.composition.Resolution.ResolvedEntry;
import dev.apg.contract.composition.VersionChange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Resolutions for people. */
public final class ResolutionText {
    private ResolutionText() {}

    /**
     * The chosen versions with their reasons, and what should be known about them.
     *
     * @param freeing the command that frees a capability which the previous revision keeps
     */
    public static String of(Resolution.Solved solved, UnaryOperator<String> freeing) {
        if (solved.entries().isEmpty()) {
            return "Nothing is asked for, so nothing is chosen: name a capability or a service.\n";
        }
        var text = new StringBuilder();
        var table = new Table("CAPABILITY", "VERSION", "WHY", "NOTE");
        for (ResolvedEntry entry : solved.entries()) {
            table.row(
                    entry.capability(),
                    entry.version(),
                    why(entry.capability(), entry.reason(), entry.recommended()),
                    note(entry));
        }
        text.append(table).append('\n');
        text.append(
                solved.entries().size() == 1
                        ? "1 version is chosen.\n"
                        : "%d versions go together.%n"
                                .formatted(solved.entries().size()));
        section(text, "Minimised", minimised(solved), Function.identity());
        List<ResolvedEntry> held = solved.entries().stream()
                .filter(entry -> entry.heldBack() != null)
                .toList();
        List<ResolvedEntry> marked = solved.entries().stream()
                .filter(entry -> !entry.marks().isEmpty())
                .toList();
        section(text, "Left behind since the previous revision", solved.leftBehind(), VersionChange::sentence);
        section(
                text,
                "Provided by another one since the previous revision",
                solved.untoldSwaps(),
                BindingChange::sentence);
        section(text, "Chosen although", marked, ResolutionText::marked);
        section(text, "Held back", held, entry -> heldBack(entry, freeing));
        section(text, "Chosen among", solved.choices(), ResolutionText::chosenAmong);
        section(text, "Left out", solved.leftOut(), Resolution.LeftOut::sentence);
        section(
                text,
                "Useful beside this",
                solved.suggestions(),
                suggestion -> "%s %s, because of %s"
                        .formatted(suggestion.capability(), suggestion.version(), suggestion.present()));
        section(text, "Cycles", solved.cycles(), cycle -> String.join(" → ", cycle.path()));
        return text.toString();
    }

    private static List<String> minimised(Resolution.Solved solved) {
        List<String> lines = new ArrayList<>(
                solved.criteria().stream().map(ResolutionText::criterion).toList());
        if (!solved.optimal() && solved.criteria().stream().allMatch(Resolution.Criterion::optimal)) {
            lines.add("other sets may be as good: the step budget ran out before it was known which of them to choose");
        }
        return lines;
    }

    private static String criterion(Resolution.Criterion criterion) {
        String how = criterion.optimal()
                ? "optimal"
                : "the best found within the step budget, where at least %d is needed".formatted(criterion.bound());
        return "%s: %d, %s".formatted(criterion.objective().wire(), criterion.value(), how);
    }

    /** Why there is no answer, and what would help. */
    public static String of(Explanation explanation, Function<Explanation.Fix, List<String>> commands) {
        return "There is no set of versions that goes together.\n\n"
                + derivation(explanation)
                + fixes(explanation, commands);
    }

    /** Why there is no answer, as numbered lines. */
    public static String derivation(Explanation explanation) {
        return Table.clean(explanation.prose()).stripTrailing() + "\n";
    }

    /** What would help, each with the commands that do it. */
    public static String fixes(Explanation explanation, Function<Explanation.Fix, List<String>> commands) {
        List<Explanation.Fix> fixes = explanation.fixes();
        if (fixes.isEmpty()) {
            return "\nNo change of the draft was found that would help.\n";
        }
        var text =
                new StringBuilder(fixes.size() == 1 ? "\nThis would solve it:\n" : "\nAny of these would solve it:\n");
        for (int i = 0; i < fixes.size(); i++) {
            text.append("\n  %d. %s%n".formatted(i + 1, Table.clean(fixes.get(i).sentence())));
            commands.apply(fixes.get(i))
                    .forEach(command -> text.append("       ").append(command).append('\n'));
        }
        return text.toString();
    }

    /** What is to be known of a version that is taken only because the policy accepts it. */
    private static String marked(ResolvedEntry entry) {
        return "%s %s is %s%s"
                .formatted(
                        entry.capability(),
                        entry.version(),
                        marks(entry),
                        entry.stateReason() == null ? "" : ": " + entry.stateReason());
    }

    private static String marks(ResolvedEntry entry) {
        return entry.marks().stream().map(Mark::wire).collect(Collectors.joining(", "));
    }

    /** What the previous revision keeps is freed by an option; all else is somebody's decision. */
    private static String heldBack(ResolvedEntry entry, UnaryOperator<String> freeing) {
        Resolution.HeldBack held = entry.heldBack();
        if (held == null) {
            return "";
        }
        return held.kept() == null
                ? held.sentence()
                : "%s To try %s: %s".formatted(held.sentence(), held.kept(), freeing.apply(entry.capability()));
    }

    private static String chosenAmong(ProviderChoice choice) {
        return "%s, not %s: %s."
                .formatted(choice.provider(), String.join(" or ", choice.alternatives()), choice.sentence());
    }

    /** The last link of the chain that brings a capability in. */
    static String why(String capability, List<Reason> reason) {
        return why(capability, reason, false);
    }

    private static String why(String capability, List<Reason> reason, boolean recommended) {
        if (reason.isEmpty()) {
            return "";
        }
        Reason last = reason.getLast();
        if (last.root() == null) {
            return "%s %s it (%s)"
                    .formatted(last.capability(), recommended ? "recommends" : "needs", last.requirement());
        }
        return last.root().equals(capability) ? "named" : "provides " + last.root() + ", which is asked for";
    }

    private static String note(ResolvedEntry entry) {
        var notes = new ArrayList<String>();
        if (!entry.marks().isEmpty()) {
            notes.add(marks(entry));
        }
        Resolution.HeldBack held = entry.heldBack();
        if (held != null && held.cause() == HoldingCause.PURGED) {
            notes.add(held.newest() + " was purged");
        } else if (held != null) {
            List<String> newer = newer(held);
            if (!newer.isEmpty()) {
                notes.add(String.join(" and ", newer) + (newer.size() == 1 ? " exists" : " exist"));
            }
        }
        return String.join("; ", notes);
    }

    /** What might be chosen instead, which nobody should look for among yanked versions. */
    private static List<String> newer(Resolution.HeldBack held) {
        var newer = new LinkedHashSet<String>();
        if (held.kept() != null) {
            newer.add(held.kept());
        }
        if (held.next() != null) {
            newer.add(held.next().version());
        } else if (held.cause() != HoldingCause.NOT_ACCEPTED) {
            newer.add(held.newest());
        }
        return List.copyOf(newer);
    }

    private static <T> void section(StringBuilder text, String title, List<T> items, Function<T, String> line) {
        if (!items.isEmpty()) {
            text.append('\n').append(title).append(":\n");
            items.forEach(item ->
                    text.append("  ").append(Table.clean(line.apply(item))).append('\n'));
        }
    }
}
