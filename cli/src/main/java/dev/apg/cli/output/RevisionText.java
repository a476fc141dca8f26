package dev.apg.cli.output;

import dev.apg.contract.composition.CompositionDetail;
import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.contract.composition.RevisionDetail;
import dev.apg.contract.composition.RevisionDetail.ChangedEntry;
import dev.apg.contract.composition.RevisionDetail.EndedEntry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Revisions for people. */
public final class RevisionText {
    private RevisionText() {}

    /** What was frozen, by whom and why, and what became of it. */
    public static String of(String composition, RevisionDetail revision) {
        var about = new Table("REVISION", "%s@%d".formatted(composition, revision.number()))
                .lastColumnUncut()
                .row("message", revision.message())
                .row("frozen", revision.frozenAt())
                .row("by", revision.frozenBy())
                .row("draft", "number " + revision.draftNumber())
                .row("lock", revision.lockDigest())
                .row(
                        "bundle",
                        revision.bundlePurged() == null
                                ? revision.bundleDigest()
                                : "gone: " + Table.clean(revision.bundlePurged()));
        var lock = new Table("CAPABILITY", "VERSION", "DIGEST", "WHY");
        for (LockEntry entry : revision.lock().entries()) {
            lock.row(
                    entry.capability(),
                    entry.version(),
                    Table.digest(entry.digest()),
                    ResolutionText.why(entry.capability(), entry.reason()));
        }
        String changed = changed(composition, revision);
        return about + "\n" + lock + (changed.isEmpty() ? "" : "\n" + changed);
    }

    /** Which of its versions are not simply published now, and which capabilities come to their end; empty if none is or does. */
    public static String changed(String composition, RevisionDetail revision) {
        return now("%s@%d holds".formatted(composition, revision.number()), sentences(revision));
    }

    /**
     * The same of the versions and capabilities that a draft names.
     *
     * @param head the newest revision, which tells the same of what it holds
     */
    public static String changed(CompositionDetail composition, Optional<RevisionDetail> head) {
        Set<String> told = Set.copyOf(head.map(RevisionText::sentences).orElse(List.of()));
        List<String> sentences = sentences(
                Objects.requireNonNullElse(composition.changed(), List.of()),
                Objects.requireNonNullElse(composition.ended(), List.of()));
        return now(
                "the draft names",
                sentences.stream().filter(sentence -> !told.contains(sentence)).toList());
    }

    private static List<String> sentences(RevisionDetail revision) {
        return sentences(revision.changed(), revision.ended());
    }

    private static List<String> sentences(List<ChangedEntry> changed, List<EndedEntry> ended) {
        return Stream.concat(
                        changed.stream().map(ChangedEntry::sentence),
                        ended.stream().map(EndedEntry::sentence))
                .toList();
    }

    private static String now(String what, List<String> sentences) {
        return sentences.isEmpty()
                ? ""
                : sentences.stream()
                        .map(sentence -> "  " + Table.clean(sentence) + "\n")
                        .collect(Collectors.joining("", "Of what %s, now:%n".formatted(what), ""));
    }
}
