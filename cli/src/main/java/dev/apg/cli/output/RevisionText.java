package dev.apg.cli.output;

import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.contract.composition.RevisionDetail;

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
        if (revision.changed().isEmpty() && revision.ended().isEmpty()) {
            return "";
        }
        var text = new StringBuilder("Of what %s@%d holds, now:%n".formatted(composition, revision.number()));
        revision.changed()
                .forEach(entry ->
                        text.append("  ").append(Table.clean(entry.sentence())).append('\n'));
        revision.ended()
                .forEach(entry ->
                        text.append("  ").append(Table.clean(entry.sentence())).append('\n'));
        return text.toString();
    }
}
