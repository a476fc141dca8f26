package dev.apg.server.composition;

import dev.apg.contract.capability.Status;
import dev.apg.contract.composition.LockDocument;
import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.contract.composition.RevisionDetail.ChangedEntry;
import dev.apg.contract.composition.RevisionDetail.EndedEntry;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.catalog.VersionEntry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What became of the versions and capabilities that somebody settled on. */
final class BecomeOf {
    private BecomeOf() {}

    /**
     * In the order in which they were given.
     *
     * @param changed versions that are not simply published
     * @param ended capabilities that are deprecated or retired
     */
    record Told(List<ChangedEntry> changed, List<EndedEntry> ended) {}

    static Told lock(LockDocument lock, Snapshot snapshot) {
        Map<String, String> versions = new LinkedHashMap<>();
        lock.entries().forEach(entry -> versions.put(entry.capability(), entry.version()));
        return told(versions, lock.entries().stream().map(LockEntry::capability).toList(), snapshot);
    }

    /** What a draft names itself: only its pins are versions. */
    static Told draft(Draft draft, Snapshot snapshot) {
        var codes = new TreeSet<>(draft.members().keySet());
        codes.addAll(draft.pins().keySet());
        return told(draft.pins(), codes, snapshot);
    }

    private static Told told(Map<String, String> versions, Collection<String> codes, Snapshot snapshot) {
        var standings = new Standings(snapshot);
        List<ChangedEntry> changed = versions.entrySet().stream()
                .flatMap(version -> standings.of(version.getKey(), version.getValue()).stream()
                        .map(now -> changed(version.getKey(), version.getValue(), now)))
                .toList();
        List<EndedEntry> ended = codes.stream()
                .flatMap(code -> standings.ending(code).stream()
                        .map(status -> new EndedEntry(code, status, sentence(code, status))))
                .toList();
        return new Told(changed, ended);
    }

    private static ChangedEntry changed(String code, String number, VersionEntry now) {
        String name = code + " " + number;
        String reason = now.stateReason() == null ? "" : " (%s)".formatted(now.stateReason());
        String sentence = switch (now.state()) {
            case PENDING -> name + " waits for approval.";
            case PUBLISHED -> name + " is published.";
            case DEPRECATED -> name + " is deprecated" + reason + ".";
            case YANKED -> name + " is yanked" + reason + ": new resolutions do not take it.";
            case PURGED -> name + " was purged" + reason + ": only its number and digest are left.";
        };
        return new ChangedEntry(code, number, now.state(), now.stateReason(), sentence);
    }

    private static String sentence(String code, Status status) {
        return "%s is %s%s."
                .formatted(
                        code, status.wire(), status == Status.RETIRED ? ": new resolutions take no version of it" : "");
    }
}
