package dev.apg.server.composition;

import dev.apg.contract.composition.LockDocument;
import dev.apg.contract.composition.LockDocument.LockBinding;
import dev.apg.contract.composition.RevisionDiff.BindingChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which needs of two locks are met by something else. */
final class BindingDiff {
    private BindingDiff() {}

    /** By consumer and requirement. */
    static List<BindingChange> between(LockDocument before, LockDocument after) {
        SortedMap<String, LockBinding> left = byNeed(before);
        SortedMap<String, LockBinding> right = byNeed(after);
        List<BindingChange> changes = new ArrayList<>();
        var needs = new TreeSet<>(left.keySet());
        needs.addAll(right.keySet());
        for (String need : needs) {
            LockBinding from = left.get(need);
            LockBinding to = right.get(need);
            String was = from == null ? null : from.provider();
            String is = to == null ? null : to.provider();
            if (!Objects.equals(was, is)) {
                LockBinding shown = Objects.requireNonNull(to == null ? from : to);
                changes.add(new BindingChange(shown.consumer(), shown.requirement(), was, is));
            }
        }
        return changes;
    }

    private static SortedMap<String, LockBinding> byNeed(LockDocument lock) {
        SortedMap<String, LockBinding> bindings = new TreeMap<>();
        // A blank is in no code, so two needs never share a key.
        lock.bindings().forEach(binding -> bindings.put(binding.consumer() + " " + binding.requirement(), binding));
        return bindings;
    }
}
