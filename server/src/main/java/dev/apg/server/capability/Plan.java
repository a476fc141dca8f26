package dev.apg.server.capability;

import dev.apg.contract.capability.VersionState;
import dev.apg.server.capability.Mentions.Link;
import dev.apg.server.capability.ReferenceRepository.ServiceRow;
import dev.apg.server.capability.Submission.Candidate;
import dev.apg.server.event.Growth;
import dev.apg.server.event.Mutation;
import dev.apg.server.grant.Grant;
import dev.apg.server.grant.Guard;
import dev.apg.server.tenancy.TenantContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be written for the accepted submissions of one transaction, on top of what is registered. */
final class Plan {
    private final Registered.State state;
    private final Map<VersionKey, String> digests = new HashMap<>();

    /** Ids by code, of what exists and of what will. */
    final Map<String, UUID> capabilityIds;

    final Map<String, UUID> serviceIds;

    final Map<String, PublishedCapability> newCapabilities = new LinkedHashMap<>();
    final Map<String, PublishedCapability> changedCapabilities = new LinkedHashMap<>();
    final List<ServiceRow> newServices = new ArrayList<>();
    final List<NewVersion> versions = new ArrayList<>();
    final List<NewState> states = new ArrayList<>();
    final Set<Link> links = new LinkedHashSet<>();
    final Map<String, Set<String>> serviceNumbers = new HashMap<>();
    final List<Recorded> mutations = new ArrayList<>();

    /** By code, of capabilities that are new. */
    final Map<String, Owner> owners = new LinkedHashMap<>();

    Plan(Registered.State state) {
        this.state = state;
        this.capabilityIds = new HashMap<>(state.capabilityIds());
        this.serviceIds = new HashMap<>(state.serviceIds());
    }

    /** What the tenant has more, once it is written. */
    Growth growth() {
        long bytes = versions.stream()
                .map(NewVersion::candidate)
                .filter(Objects::nonNull)
                .mapToLong(candidate -> candidate.fetch().content().canonical().length)
                .sum();
        return newServices.stream()
                .map(ServiceRow::growth)
                .reduce(Growth.NONE, Growth::and)
                .and(Growth.ofCapabilities(newCapabilities.size()))
                .and(Growth.ofVersions(versions.size(), bytes));
    }

    /** A version to add; without a candidate it is a tombstone. */
    record NewVersion(
            VersionKey key,
            String digest,
            @Nullable Candidate candidate,
            VersionState state,
            @Nullable String reason,
            TenantContext by) {}

    /** A state that an existing version gets; the edition is the one that this was decided on. */
    record NewState(
            VersionRepository.Known known,
            VersionState state,
            @Nullable String reason) {}

    /** Whose a new capability is, and who said so. */
    record Owner(TenantContext by, Grant grant) {}

    /** A change for the journal and in whose name it is. */
    record Recorded(TenantContext by, Mutation mutation) {}

    /** Of a version that is registered or planned; null if there is none of that name. */
    @Nullable
    String digest(VersionKey key) {
        VersionRepository.@Nullable Known known = state.versions().get(key);
        return known == null ? digests.get(key) : known.digest();
    }

    /** A capability as it stands with what is planned so far; null if there is none. */
    @Nullable
    PublishedCapability capability(String code) {
        @Nullable PublishedCapability planned = newCapabilities.getOrDefault(code, changedCapabilities.get(code));
        return planned == null ? state.capabilities().get(code) : planned;
    }

    /** Of a capability as it stands with what is planned so far. */
    Guard guard(String code) {
        @Nullable Owner planned = owners.get(code);
        return planned == null ? state.guards().getOrDefault(code, Guard.OPEN) : new Guard(List.of(planned.grant()));
    }

    void put(TenantContext by, PublishedCapability after) {
        @Nullable PublishedCapability before = capability(after.code());
        if (before == null) {
            newCapabilities.put(after.code(), after);
            capabilityIds.put(after.code(), after.id());
            mutations.add(new Recorded(by, Mutations.registered(after)));
            return;
        }
        (newCapabilities.containsKey(after.code()) ? newCapabilities : changedCapabilities).put(after.code(), after);
        Mutations.changed(before, after).forEach(mutation -> mutations.add(new Recorded(by, mutation)));
    }

    void add(TenantContext by, ServiceRow service) {
        newServices.add(service);
        serviceIds.put(service.code(), service.id());
        mutations.add(new Recorded(by, Mutations.registered(service)));
    }

    void add(NewVersion version) {
        versions.add(version);
        digests.put(version.key(), version.digest());
        Mutations.added(version, id(capabilityIds, version.key().capability()))
                .forEach(mutation -> mutations.add(new Recorded(version.by(), mutation)));
    }

    void provide(String service, Set<String> numbers) {
        serviceNumbers.computeIfAbsent(service, code -> new HashSet<>()).addAll(numbers);
    }

    /** The id of a code that is known to be registered or planned. */
    static UUID id(Map<String, UUID> ids, String code) {
        @Nullable UUID id = ids.get(code);
        if (id == null) {
            throw new IllegalStateException("%s was accepted but has no id".formatted(code));
        }
        return id;
    }
}
