package dev.apg.server.composition.bundle;

import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.composition.LockDocument;
import dev.apg.contract.composition.LockDocument.LockBinding;
import dev.apg.contract.composition.LockDocument.LockEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who needs whom in a lock. Modules do not run, so a need leads through them to what they need themselves. */
final class Wiring {
    private final Map<String, VersionDocument> documents = new LinkedHashMap<>();
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, List<LockBinding>> bindings = new HashMap<>();
    private final List<List<String>> cycles;

    Wiring(LockDocument lock, List<BundleInput.Entry> entries, List<List<String>> cycles) {
        Map<String, VersionDocument> given = new HashMap<>();
        entries.forEach(entry -> given.put(code(entry.document().capability()), entry.document()));
        for (LockEntry entry : lock.entries()) {
            VersionDocument document = given.get(entry.capability());
            if (document == null) {
                throw new IllegalArgumentException(
                        "entries: without %s (expected: one for each entry of the lock)".formatted(entry.capability()));
            }
            positions.put(entry.capability(), documents.size());
            documents.put(entry.capability(), document);
        }
        lock.bindings()
                .forEach(binding -> bindings.computeIfAbsent(binding.consumer(), code -> new ArrayList<>())
                        .add(binding));
        this.cycles = cycles;
    }

    /** Codes as the lock spells them; documents that are not normalised may use upper case. */
    static String code(String written) {
        return written.toLowerCase(Locale.ROOT);
    }

    /** Documents by code, in start order. */
    Map<String, VersionDocument> documents() {
        return documents;
    }

    /** The binding of a consumer's requirement; the provider that starts first if there are several. */
    Optional<LockBinding> binding(String consumer, String requirement) {
        return bindings.getOrDefault(consumer, List.of()).stream()
                .filter(binding -> binding.requirement().equals(requirement))
                .filter(binding -> positions.containsKey(binding.provider()))
                .min(Comparator.comparing(binding -> positions.getOrDefault(binding.provider(), 0)));
    }

    /** The codes of what a running entry needs and what runs itself, in start order, without the entry. */
    List<String> runningProviders(String consumer) {
        Set<String> seen = new HashSet<>(Set.of(consumer));
        Deque<String> open = new ArrayDeque<>(List.of(consumer));
        List<String> running = new ArrayList<>();
        while (!open.isEmpty()) {
            for (LockBinding binding : bindings.getOrDefault(open.remove(), List.of())) {
                String provider = binding.provider();
                VersionDocument document = documents.get(provider);
                if (document == null || !seen.add(provider)) {
                    continue;
                }
                if (document.runtime() == null) {
                    open.add(provider);
                } else {
                    running.add(provider);
                }
            }
        }
        running.sort(Comparator.comparing(code -> positions.getOrDefault(code, 0)));
        return running;
    }

    /** Whether the provider starts before the consumer; inside a cycle nothing waits for anything. */
    boolean startsBefore(String provider, String consumer) {
        return positions.getOrDefault(provider, 0) < positions.getOrDefault(consumer, 0)
                && cycles.stream().noneMatch(cycle -> cycle.contains(provider) && cycle.contains(consumer));
    }
}
