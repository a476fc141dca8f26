package dev.apg.server.composition;

import dev.apg.contract.composition.BindingChange;
import dev.apg.contract.composition.LockDocument.LockBinding;
import dev.apg.contract.composition.LockDocument.LockEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which needs of two locks are met by something else. */
final class BindingDiff {
    private BindingDiff() {}

    /** A requirement of a consumer, or a service that the draft asks for. */
    private record Need(@Nullable String consumer, String requirement) {
        private static final Comparator<Need> ORDER = Comparator.comparing(
                        Need::consumer, Comparator.nullsFirst(Comparator.<String>naturalOrder()))
                .thenComparing(Need::requirement);
    }

    private record Met(String provider, @Nullable String service) {}

    /** By consumer and requirement. Services that the draft asks for count where both locks say who was chosen for them. */
    static List<BindingChange> between(LockSide before, LockSide after, boolean happened) {
        SortedMap<Need, Met> left = byNeed(before);
        SortedMap<Need, Met> right = byNeed(after);
        List<BindingChange> changes = new ArrayList<>();
        var needs = new TreeSet<Need>(Need.ORDER);
        needs.addAll(left.keySet());
        needs.addAll(right.keySet());
        for (Need need : needs) {
            Met from = left.get(need);
            Met to = right.get(need);
            String was = from == null ? null : from.provider();
            String is = to == null ? null : to.provider();
            boolean told = need.consumer() != null || (from != null && to != null);
            if (told && !Objects.equals(was, is)) {
                changes.add(new BindingChange(
                        need.consumer(), need.requirement(), was, is, sentence(need, from, to, happened)));
            }
        }
        return changes;
    }

    /** Those that both locks have. */
    static List<BindingChange> swaps(LockSide before, LockSide after, boolean happened) {
        return between(before, after, happened).stream()
                .filter(change -> change.from() != null && change.to() != null)
                .toList();
    }

    private static SortedMap<Need, Met> byNeed(LockSide side) {
        SortedMap<Need, Met> bindings = new TreeMap<>(Need.ORDER);
        for (LockBinding binding : side.lock().bindings()) {
            bindings.put(
                    new Need(binding.consumer(), binding.requirement()),
                    new Met(binding.provider(), binding.service()));
        }
        for (LockEntry entry : side.lock().entries()) {
            String root = entry.reason().getLast().root();
            if (root != null && side.draft().services().containsKey(root) && !root.equals(entry.capability())) {
                bindings.put(new Need(null, root), new Met(entry.capability(), root));
            }
        }
        return bindings;
    }

    private static String sentence(Need need, @Nullable Met from, @Nullable Met to, boolean happened) {
        String requirement = "The requirement %s of %s".formatted(need.requirement(), need.consumer());
        if (from == null) {
            return "%s %s new; %s meets it."
                    .formatted(
                            requirement,
                            is(happened),
                            Objects.requireNonNull(to).provider());
        }
        if (to == null) {
            return "%s, which %s met, %s gone.".formatted(requirement, from.provider(), is(happened));
        }
        String who = "by %s instead of %s.".formatted(to.provider(), from.provider());
        if (need.consumer() == null) {
            return "Service %s %s provided %s".formatted(need.requirement(), is(happened), who);
        }
        return to.service() == null
                ? "%s %s met %s".formatted(requirement, is(happened), who)
                : "Service %s %s provided to %s %s".formatted(to.service(), is(happened), need.consumer(), who);
    }

    private static String is(boolean happened) {
        return happened ? "is" : "would be";
    }
}
