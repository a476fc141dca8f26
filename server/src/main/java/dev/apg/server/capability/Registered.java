package dev.apg.server.capability;

import dev.apg.server.capability.Mentions.Need;
import dev.apg.server.capability.VersionStructure.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Reads what the registry already has of the names in some submissions; a few statements, however many there are. */
@Component
class Registered {
    /** Names of one statement; keeps the arrays that travel small. */
    private static final int AT_ONCE = 10_000;

    private final CapabilityRepository capabilities;
    private final VersionRepository versions;
    private final ReferenceRepository references;

    Registered(CapabilityRepository capabilities, VersionRepository versions, ReferenceRepository references) {
        this.capabilities = capabilities;
        this.versions = versions;
        this.references = references;
    }

    /**
     * What there is.
     *
     * @param capabilities those that the submissions add to or describe, with all fields
     * @param capabilityIds those that they name in any way
     */
    record State(
            Map<String, PublishedCapability> capabilities,
            Map<String, UUID> capabilityIds,
            Map<String, UUID> serviceIds,
            Map<VersionKey, VersionRepository.Known> versions) {}

    State read(UUID tenantId, Collection<Submission> submissions) {
        Set<String> own = new HashSet<>();
        Set<String> named = new HashSet<>();
        Set<String> services = new HashSet<>();
        Set<VersionKey> keys = new HashSet<>();
        for (Submission submission : submissions) {
            keys.addAll(submission.versions().keySet());
            keys.addAll(submission.standings().keySet());
            own.addAll(submission.capabilities().keySet());
            named.addAll(submission.mentions().codes(Kind.CAPABILITY));
            services.addAll(submission.mentions().codes(Kind.SERVICE));
        }
        keys.forEach(key -> own.add(key.capability()));
        Map<String, PublishedCapability> present = inParts(own, part -> capabilities.find(tenantId, part));
        named.removeAll(own);
        Map<String, UUID> capabilityIds = new HashMap<>(inParts(named, part -> capabilities.ids(tenantId, part)));
        present.forEach((code, capability) -> capabilityIds.put(code, capability.id()));
        keys.removeIf(key -> !present.containsKey(key.capability()));
        return new State(
                present,
                capabilityIds,
                inParts(services, part -> references.serviceIds(tenantId, part)),
                inParts(keys, part -> versions.find(tenantId, part)));
    }

    /** The registered version numbers of what is needed, by kind and code; of a service nobody knows which are yanked. */
    Map<Mentions.Name, VersionRepository.Numbers> numbers(UUID tenantId, Collection<Need> needs) {
        Set<String> codes = new HashSet<>();
        Set<String> services = new HashSet<>();
        needs.forEach(need -> (need.name().kind() == Kind.CAPABILITY ? codes : services)
                .add(need.name().code()));
        Map<Mentions.Name, VersionRepository.Numbers> numbers = new HashMap<>();
        inParts(codes, part -> versions.numbers(tenantId, part))
                .forEach((code, list) -> numbers.put(new Mentions.Name(Kind.CAPABILITY, code), list));
        inParts(services, part -> references.serviceNumbers(tenantId, part))
                .forEach((code, list) -> numbers.put(
                        new Mentions.Name(Kind.SERVICE, code), new VersionRepository.Numbers(list, Set.of())));
        return numbers;
    }

    private static <K, V> Map<K, V> inParts(Set<K> keys, Function<List<K>, Map<K, V>> read) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        List<K> all = new ArrayList<>(keys);
        Map<K, V> found = HashMap.newHashMap(keys.size());
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            found.putAll(read.apply(all.subList(from, Math.min(all.size(), from + AT_ONCE))));
        }
        return found;
    }
}
