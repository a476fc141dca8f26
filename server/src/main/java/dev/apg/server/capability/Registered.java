package dev.apg.server.capability;

import dev.apg.server.capability.Mentions.Need;
import dev.apg.server.capability.VersionStructure.Kind;
import dev.apg.server.grant.Grants;
import dev.apg.server.grant.Guard;
import dev.apg.server.grant.Subject;
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
    private final Grants grants;

    Registered(
            CapabilityRepository capabilities,
            VersionRepository versions,
            ReferenceRepository references,
            Grants grants) {
        this.grants = grants;
        this.capabilities = capabilities;
        this.versions = versions;
        this.references = references;
    }

    /**
     * What there is.
     *
     * @param capabilities those that the submissions add to or describe, with all fields
     * @param capabilityIds those that they name in any way
     * @param guards by code, of those of the capabilities that are not open
     */
    record State(
            Map<String, PublishedCapability> capabilities,
            Map<String, UUID> capabilityIds,
            Map<String, UUID> serviceIds,
            Map<VersionKey, VersionRepository.Known> versions,
            Map<String, Guard> guards) {}

    /** What is done about grants on the capabilities that are written to. */
    enum Guarding {
        /** Nothing: it is only asked what would be. */
        IGNORED,
        /** They are looked at. */
        READ,
        /** They are looked at and stay until the transaction ends. */
        HELD
    }

    State read(UUID tenantId, Collection<Submission> submissions, Guarding guarding) {
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
                inParts(keys, part -> versions.find(tenantId, part)),
                inParts(present.keySet(), part -> guards(tenantId, part, guarding)));
    }

    private Map<String, Guard> guards(UUID tenantId, List<String> codes, Guarding guarding) {
        List<CapabilityRepository.Held> held = switch (guarding) {
            case IGNORED -> List.of();
            case READ -> capabilities.look(tenantId, codes);
            case HELD -> capabilities.hold(tenantId, codes);
        };
        List<CapabilityRepository.Held> guarded =
                held.stream().filter(CapabilityRepository.Held::guarded).toList();
        Map<UUID, Guard> guards = grants.guards(
                tenantId,
                Subject.Kind.CAPABILITY,
                guarded.stream().map(CapabilityRepository.Held::id).toList());
        Map<String, Guard> byCode = HashMap.newHashMap(guarded.size());
        guarded.forEach(each -> byCode.put(each.code(), guards.getOrDefault(each.id(), Guard.OPEN)));
        return byCode;
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
