package dev.apg.server.composition;

import dev.apg.contract.composition.LockDocument;
import dev.apg.contract.composition.LockDocument.LockBinding;
import dev.apg.contract.composition.LockDocument.LockEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A lock with the draft that it was made from: one side of a comparison. */
final class LockSide {
    private final Draft draft;
    private final LockDocument lock;
    private final SortedMap<String, LockEntry> entries = new TreeMap<>();
    private final Map<String, LockEntry> byRoot = new HashMap<>();
    private final Map<Need, String> providers = new HashMap<>();
    private final Map<String, List<LockBinding>> met = new HashMap<>();

    private record Need(String consumer, String requirement) {}

    LockSide(Draft draft, LockDocument lock) {
        this.draft = draft;
        this.lock = lock;
        lock.entries().forEach(entry -> entries.put(entry.capability(), entry));
        for (LockEntry entry : entries.values()) {
            String root = entry.reason().getLast().root();
            if (root != null) {
                byRoot.putIfAbsent(root, entry);
            }
        }
        for (LockBinding binding : lock.bindings()) {
            providers.putIfAbsent(new Need(binding.consumer(), binding.requirement()), binding.provider());
            met.computeIfAbsent(binding.provider(), _ -> new ArrayList<>()).add(binding);
        }
    }

    Draft draft() {
        return draft;
    }

    LockDocument lock() {
        return lock;
    }

    /** By capability. */
    SortedMap<String, LockEntry> entries() {
        return Collections.unmodifiableSortedMap(entries);
    }

    Optional<LockEntry> entry(String code) {
        return Optional.ofNullable(entries.get(code));
    }

    /** What a root of the draft brought in. */
    Optional<LockEntry> ofRoot(String root) {
        return Optional.ofNullable(byRoot.get(root));
    }

    /** Who meets a requirement. */
    Optional<String> provider(String consumer, String requirement) {
        return Optional.ofNullable(providers.get(new Need(consumer, requirement)));
    }

    /** What a capability is bound to meet. */
    List<LockBinding> metBy(String provider) {
        return met.getOrDefault(provider, List.of());
    }

    /**
     * Whether this draft, too, asks for the root that led to an entry of the other one: a service may have the code of a
     * member, and be another root.
     */
    boolean names(String root, String entry, LockSide other) {
        boolean member = root.equals(entry) && other.draft.members().containsKey(root);
        return member ? draft.members().containsKey(root) : draft.services().containsKey(root);
    }
}
