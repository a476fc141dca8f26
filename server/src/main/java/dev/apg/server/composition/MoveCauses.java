package dev.apg.server.composition;

import dev.apg.contract.composition.Exclusion;
import dev.apg.contract.composition.LockDocument.LockBinding;
import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.contract.composition.Member;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a capability has another version in one lock than in another. */
final class MoveCauses {
    private final LockSide before;
    private final LockSide after;
    private final Map<String, LockEntry> left;
    private final Map<String, LockEntry> right;
    private final StatedNeeds needs;

    /** By provider, of both locks. */
    private final Map<String, SortedSet<String>> consumers = new HashMap<>();

    private final Map<Pair, List<LockBinding>> metBefore = new HashMap<>();
    private final Map<Pair, List<LockBinding>> metAfter = new HashMap<>();

    /** By consumer. */
    private final Map<String, List<LockBinding>> needsBefore = new HashMap<>();

    /** What conflicts with anything and is on one side only. */
    private final List<LockEntry> opposedBefore;

    private final List<LockEntry> opposeAfter;

    private record Pair(String provider, String consumer) {
        private static Pair of(LockBinding binding) {
            return new Pair(binding.provider(), binding.consumer());
        }
    }

    /** @param needs what is known of the versions' needs */
    MoveCauses(LockSide before, LockSide after, StatedNeeds needs) {
        this.before = before;
        this.after = after;
        this.left = before.entries();
        this.right = after.entries();
        this.needs = needs;
        for (LockSide side : List.of(before, after)) {
            for (LockBinding binding : side.lock().bindings()) {
                consumers
                        .computeIfAbsent(binding.provider(), _ -> new TreeSet<>())
                        .add(binding.consumer());
            }
        }
        for (LockBinding binding : before.lock().bindings()) {
            add(metBefore, Pair.of(binding), binding);
            add(needsBefore, binding.consumer(), binding);
        }
        after.lock().bindings().forEach(binding -> add(metAfter, Pair.of(binding), binding));
        this.opposedBefore = opponents(left, right);
        this.opposeAfter = opponents(right, left);
    }

    private static <K> void add(Map<K, List<LockBinding>> bindings, K key, LockBinding binding) {
        bindings.computeIfAbsent(key, _ -> new ArrayList<>()).add(binding);
    }

    private List<LockEntry> opponents(Map<String, LockEntry> own, Map<String, LockEntry> other) {
        return own.values().stream()
                .filter(entry -> isElsewhere(entry, other))
                .filter(needs::conflicts)
                .toList();
    }

    /** Whether a lock has another version of what an entry is of, or none. */
    private static boolean isElsewhere(LockEntry entry, Map<String, LockEntry> lock) {
        LockEntry there = lock.get(entry.capability());
        return there == null || !there.version().equals(entry.version());
    }

    /** How much a change is a reason; the strongest first. */
    private enum Weight {
        /** It alone keeps the earlier version out of the later lock. */
        FORCES,

        /** It does not go with the earlier version, and may be there only because of the move. */
        CONTRADICTS,

        /** It alone kept the later version out of the earlier lock: that it gave way made room, and called for nothing. */
        MAKES_ROOM,

        /** It may have been either. */
        MAY
    }

    private record Cause(String text, Weight weight) {
        private static Cause of(String text, boolean forces, boolean makesRoom) {
            return new Cause(text, forces ? Weight.FORCES : makesRoom ? Weight.MAKES_ROOM : Weight.MAY);
        }
    }

    /**
     * What changed that bears on the version of a capability, the nearest first: what forced it to move, else what the earlier
     * version does not go with, else what made room for the later one, else all that may have been a reason.
     *
     * @param known whether there is a reason beyond the two locks, which says more than what the earlier version lacks because of it
     */
    List<String> of(String code, boolean known) {
        LockEntry own = Objects.requireNonNull(left.get(code));
        LockEntry next = Objects.requireNonNull(right.get(code));
        String from = own.version();
        String to = next.version();
        List<Cause> causes = ofDraft(code, from, to);
        for (String consumer : consumers.getOrDefault(code, Collections.emptySortedSet())) {
            LockEntry old = left.get(consumer);
            LockEntry now = right.get(consumer);
            boolean forces = now != null && refuses(now, own, metAfter);
            boolean makesRoom = old != null && refuses(old, next, metBefore);
            if (!forces && !makesRoom && isKnown(old) && isKnown(now)) {
                continue;
            }
            if (old == null && now != null) {
                causes.add(Cause.of(
                        "%s %s, which needs it, was added".formatted(consumer, now.version()), forces, makesRoom));
            } else if (old != null && now == null) {
                causes.add(Cause.of(
                        "%s %s, which needed it, was removed".formatted(consumer, old.version()), forces, makesRoom));
            } else if (old != null && now != null && !old.version().equals(now.version())) {
                causes.add(Cause.of(
                        "%s, which needs it, is %s instead of %s".formatted(consumer, now.version(), old.version()),
                        forces,
                        makesRoom));
            }
        }
        for (LockEntry opponent : opposeAfter) {
            if (needs.conflicts(opponent, own)) {
                causes.add(new Cause(
                        "%s %s conflicts with %s %s".formatted(opponent.capability(), opponent.version(), code, from),
                        Weight.FORCES));
            }
        }
        for (LockEntry opponent : opposedBefore) {
            if (needs.conflicts(opponent, next)) {
                causes.add(new Cause(
                        "%s %s, which conflicts with %s %s, gives way"
                                .formatted(opponent.capability(), opponent.version(), code, to),
                        Weight.MAKES_ROOM));
            }
        }
        if (!known) {
            needs.obstacle(own, after)
                    .ifPresent(
                            lack -> causes.add(new Cause("%s %s %s".formatted(code, from, lack), Weight.CONTRADICTS)));
        }
        if (!before.draft().policy().equals(after.draft().policy())) {
            causes.add(new Cause("the draft's policy changed", Weight.MAY));
        }
        Optional<Weight> strongest = causes.stream().map(Cause::weight).min(Comparator.naturalOrder());
        return causes.stream()
                .filter(cause -> strongest.equals(Optional.of(cause.weight())))
                .map(Cause::text)
                .toList();
    }

    private boolean isKnown(@Nullable LockEntry consumer) {
        return consumer == null || needs.knows(consumer);
    }

    /** Whether a consumer is known to need other versions of what it is bound to, or of the capability itself. */
    private boolean refuses(LockEntry consumer, LockEntry provider, Map<Pair, List<LockBinding>> met) {
        return needs.refuses(consumer, provider.capability(), provider.version())
                || met.getOrDefault(new Pair(provider.capability(), consumer.capability()), List.of()).stream()
                        .anyMatch(binding -> needs.unmet(consumer, binding.requirement(), provider)
                                .isPresent());
    }

    private List<Cause> ofDraft(String code, String from, String to) {
        List<Cause> causes = new ArrayList<>();
        String wasPinned = before.draft().pins().get(code);
        String pinned = after.draft().pins().get(code);
        if (!Objects.equals(wasPinned, pinned)) {
            causes.add(Cause.of(
                    pinned == null ? "the draft no longer pins it" : "the draft pins it to " + pinned,
                    pinned != null && !from.equals(pinned),
                    from.equals(wasPinned)));
        }
        Member was = before.draft().members().get(code);
        Member is = after.draft().members().get(code);
        boolean forces = is != null && !admits(is.range(), from);
        boolean makesRoom = was != null && !admits(was.range(), to);
        if (was == null && is != null) {
            causes.add(Cause.of("the draft asks for " + DraftSyntax.text(is.range()), forces, makesRoom));
        } else if (was != null && is == null) {
            causes.add(Cause.of("the draft no longer asks for " + DraftSyntax.text(was.range()), forces, makesRoom));
        } else if (was != null && is != null && !Objects.equals(was.range(), is.range())) {
            causes.add(Cause.of(
                    "the draft asks for %s instead of %s"
                            .formatted(DraftSyntax.text(is.range()), DraftSyntax.text(was.range())),
                    forces,
                    makesRoom));
        }
        causes.addAll(ofServices(code));
        List<Exclusion> excluded = exclusions(before, code);
        List<Exclusion> excludes = exclusions(after, code);
        if (!excluded.equals(excludes)) {
            causes.add(Cause.of(
                    "the draft's exclusions of it changed",
                    excludes.stream().anyMatch(each -> admits(each.range(), from)),
                    excluded.stream().anyMatch(each -> admits(each.range(), to))));
        }
        return causes;
    }

    /** Services that the draft asks for otherwise, where that kept one of the two versions out. */
    private List<Cause> ofServices(String code) {
        LockEntry own = Objects.requireNonNull(left.get(code));
        LockEntry next = Objects.requireNonNull(right.get(code));
        List<Cause> causes = new ArrayList<>();
        Map<String, String> was = before.draft().services();
        Map<String, String> is = after.draft().services();
        was.forEach((service, range) -> {
            if (!Objects.equals(range, is.get(service)) && needs.lacks(next, service, DraftSyntax.text(range))) {
                causes.add(new Cause(
                        "the draft no longer asks for service %s %s".formatted(service, DraftSyntax.text(range)),
                        Weight.MAKES_ROOM));
            }
        });
        is.forEach((service, range) -> {
            if (!Objects.equals(range, was.get(service)) && needs.lacks(own, service, DraftSyntax.text(range))) {
                causes.add(new Cause(
                        "the draft asks for service %s %s".formatted(service, DraftSyntax.text(range)), Weight.FORCES));
            }
        });
        return causes;
    }

    private static boolean admits(@Nullable String range, String version) {
        return VersionRange.parse(DraftSyntax.text(range)).admits(SemVer.parse(version), PrereleaseRule.INCLUDE);
    }

    private static List<Exclusion> exclusions(LockSide side, String code) {
        return side.draft().exclusions().stream()
                .filter(exclusion -> exclusion.capability().equals(code))
                .toList();
    }

    /** Who met the needs of a version and may no longer be taken: without them it had to go as well. */
    List<String> lostProviders(String consumer, BiFunction<String, String, Optional<String>> standing) {
        return needsBefore.getOrDefault(consumer, List.of()).stream()
                .filter(binding -> !isMetByNext(binding))
                .map(LockBinding::provider)
                .distinct()
                .flatMap(provider -> Stream.ofNullable(left.get(provider)))
                .filter(provider -> isElsewhere(provider, right))
                .flatMap(provider -> standing
                        .apply(provider.capability(), provider.version())
                        .map(stood -> "%s %s, which it needed, %s"
                                .formatted(provider.capability(), provider.version(), stood))
                        .stream())
                .toList();
    }

    /** Whether the version that follows a provider is known to meet what the provider met, so that nothing was lost. */
    private boolean isMetByNext(LockBinding binding) {
        LockEntry consumer = left.get(binding.consumer());
        LockEntry next = right.get(binding.provider());
        return consumer != null
                && next != null
                && needs.knows(consumer)
                && needs.knows(next)
                && needs.unmet(consumer, binding.requirement(), next).isEmpty();
    }
}
