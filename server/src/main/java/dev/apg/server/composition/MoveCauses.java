package dev.apg.server.composition;

import dev.apg.contract.composition.Exclusion;
import dev.apg.contract.composition.LockDocument.LockBinding;
import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.contract.composition.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Why a capability has another version in one lock than in another. */
final class MoveCauses {
    private MoveCauses() {}

    /** What changed that bears on the version of a capability; the nearest first. */
    static List<String> of(
            LockDiff.Side before,
            LockDiff.Side after,
            Map<String, LockEntry> left,
            Map<String, LockEntry> right,
            String code) {
        List<String> causes = new ArrayList<>();
        String pinned = after.draft().pins().get(code);
        if (!Objects.equals(before.draft().pins().get(code), pinned)) {
            causes.add(pinned == null ? "the draft no longer pins it" : "the draft pins it to " + pinned);
        }
        Member was = before.draft().members().get(code);
        Member is = after.draft().members().get(code);
        if (was == null && is != null) {
            causes.add("the draft asks for " + is.range());
        } else if (was != null && is == null) {
            causes.add("the draft no longer asks for " + was.range());
        } else if (was != null && is != null && !Objects.equals(was.range(), is.range())) {
            causes.add("the draft asks for %s instead of %s".formatted(is.range(), was.range()));
        }
        if (!exclusions(before, code).equals(exclusions(after, code))) {
            causes.add("the draft's exclusions of it changed");
        }
        for (String consumer : consumers(before, after, code)) {
            LockEntry old = left.get(consumer);
            LockEntry now = right.get(consumer);
            if (old == null && now != null) {
                causes.add("%s %s, which needs it, was added".formatted(consumer, now.version()));
            } else if (old != null && now == null) {
                causes.add("%s %s, which needed it, was removed".formatted(consumer, old.version()));
            } else if (old != null && now != null && !old.version().equals(now.version())) {
                causes.add("%s, which needs it, is %s instead of %s".formatted(consumer, now.version(), old.version()));
            }
        }
        if (!before.draft().policy().equals(after.draft().policy())) {
            causes.add("the draft's policy changed");
        }
        return causes;
    }

    private static List<Exclusion> exclusions(LockDiff.Side side, String code) {
        return side.draft().exclusions().stream()
                .filter(exclusion -> exclusion.capability().equals(code))
                .toList();
    }

    private static TreeSet<String> consumers(LockDiff.Side before, LockDiff.Side after, String code) {
        var consumers = new TreeSet<String>();
        for (LockDiff.Side side : List.of(before, after)) {
            side.lock().bindings().stream()
                    .filter(binding -> binding.provider().equals(code))
                    .forEach(binding -> consumers.add(binding.consumer()));
        }
        return consumers;
    }

    /** Who met the needs of a version and may no longer be taken: without them it had to go as well. */
    static List<String> lostProviders(
            LockDiff.Side before,
            Map<String, LockEntry> left,
            Map<String, LockEntry> right,
            String consumer,
            BiFunction<String, String, Optional<String>> standing) {
        return before.lock().bindings().stream()
                .filter(binding -> binding.consumer().equals(consumer))
                .map(LockBinding::provider)
                .distinct()
                .flatMap(provider -> Stream.ofNullable(left.get(provider)))
                .filter(provider -> {
                    LockEntry now = right.get(provider.capability());
                    return now == null || !now.version().equals(provider.version());
                })
                .flatMap(provider -> standing
                        .apply(provider.capability(), provider.version())
                        .map(stood -> "%s %s, which it needed, %s"
                                .formatted(provider.capability(), provider.version(), stood))
                        .stream())
                .toList();
    }
}
