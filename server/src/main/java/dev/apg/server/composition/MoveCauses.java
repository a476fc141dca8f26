package dev.apg.server.composition;

import dev.apg.contract.composition.Exclusion;
import dev.apg.contract.composition.LockDocument.LockBinding;
import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.contract.composition.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Why a capability has another version in one lock than in another. */
final class MoveCauses {
    private final LockDiff.Side before;
    private final LockDiff.Side after;
    private final Map<String, LockEntry> left;
    private final Map<String, LockEntry> right;

    /** By provider, of both locks. */
    private final Map<String, SortedSet<String>> consumers = new HashMap<>();

    /** By consumer, of the earlier lock. */
    private final Map<String, SequencedSet<String>> providers = new HashMap<>();

    /**
     * @param left the entries of the earlier lock, by capability
     * @param right those of the later one
     */
    MoveCauses(LockDiff.Side before, LockDiff.Side after, Map<String, LockEntry> left, Map<String, LockEntry> right) {
        this.before = before;
        this.after = after;
        this.left = left;
        this.right = right;
        for (LockDiff.Side side : List.of(before, after)) {
            for (LockBinding binding : side.lock().bindings()) {
                consumers
                        .computeIfAbsent(binding.provider(), _ -> new TreeSet<>())
                        .add(binding.consumer());
            }
        }
        for (LockBinding binding : before.lock().bindings()) {
            providers
                    .computeIfAbsent(binding.consumer(), _ -> new LinkedHashSet<>())
                    .add(binding.provider());
        }
    }

    /** What changed that bears on the version of a capability; the nearest first. */
    List<String> of(String code) {
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
        for (String consumer : consumers.getOrDefault(code, Collections.emptySortedSet())) {
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

    /** Who met the needs of a version and may no longer be taken: without them it had to go as well. */
    List<String> lostProviders(String consumer, BiFunction<String, String, Optional<String>> standing) {
        return providers.getOrDefault(consumer, new LinkedHashSet<>()).stream()
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
