package dev.apg.server.capability;

import dev.apg.contract.capability.VersionState;
import dev.apg.server.capability.ReferenceRepository.ServiceRow;
import dev.apg.server.event.Mutation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the changes of this feature are told in the event log and the audit log. */
final class Mutations {
    private Mutations() {}

    static Mutation registered(PublishedCapability capability) {
        Map<String, Object> after = new LinkedHashMap<>(fields(capability));
        after.put("owner", capability.owner());
        after.put("status", capability.status().wire());
        return new Mutation(
                "capability.registered",
                "capability",
                capability.id(),
                capability.code(),
                Map.of("status", capability.status().wire()),
                Optional.empty(),
                Optional.of(after));
    }

    /** One mutation each for describing fields, owner and status, if they changed. */
    static List<Mutation> changed(PublishedCapability before, PublishedCapability after) {
        List<Mutation> mutations = new ArrayList<>();
        Map<String, Object> old = fields(before);
        Map<String, Object> now = fields(after);
        old.entrySet().removeIf(field -> now.remove(field.getKey(), field.getValue()));
        if (!now.isEmpty()) {
            mutations.add(
                    change("capability.described", before, Map.of("fields", List.copyOf(now.keySet())), old, now));
        }
        if (!before.owner().equals(after.owner())) {
            mutations.add(change(
                    "capability.transferred",
                    before,
                    Map.of("owner", after.owner()),
                    Map.of("owner", before.owner()),
                    Map.of("owner", after.owner())));
        }
        if (before.status() != after.status()) {
            Map<String, Object> status = Map.of("status", after.status().wire());
            mutations.add(change(
                    "capability.status_changed",
                    before,
                    status,
                    Map.of("status", before.status().wire()),
                    status));
        }
        return mutations;
    }

    private static Mutation change(
            String type,
            PublishedCapability capability,
            Map<String, Object> data,
            Map<String, Object> before,
            Map<String, Object> after) {
        return new Mutation(
                type, "capability", capability.id(), capability.code(), data, Optional.of(before), Optional.of(after));
    }

    private static Map<String, Object> fields(PublishedCapability capability) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("display_name", capability.displayName());
        fields.put("description", capability.description());
        fields.put("category", capability.category());
        fields.put("subcategory", capability.subcategory());
        fields.put("tags", capability.tags());
        fields.put("keywords", capability.keywords());
        return fields;
    }

    static Mutation registered(ServiceRow service) {
        return new Mutation(
                "service.registered",
                "service",
                service.id(),
                service.code(),
                Map.of(),
                Optional.empty(),
                Optional.of(Map.of("description", service.description())));
    }

    /** That it is there, and then its state as if somebody had set it afterwards, unless it is the usual one. */
    static List<Mutation> added(Plan.NewVersion version, UUID capabilityId) {
        List<Mutation> mutations = new ArrayList<>();
        mutations.add(inserted(version, capabilityId));
        switch (version.state()) {
            case DEPRECATED, YANKED ->
                mutations.add(stateChanged(
                        version.key(),
                        capabilityId,
                        Optional.empty(),
                        state(version.state(), version.reason(), version.digest()),
                        version.state(),
                        version.reason()));
            case PENDING, PUBLISHED, PURGED -> {}
        }
        return mutations;
    }

    private static Mutation inserted(Plan.NewVersion version, UUID capabilityId) {
        Map<String, Object> data = Map.of(
                "capability", version.key().capability(),
                "version", version.key().number(),
                "digest", version.digest(),
                "state", version.state().wire());
        return new Mutation(
                version.candidate() == null ? "version.purged" : "version.published",
                "version",
                capabilityId,
                version.key().toString(),
                data,
                Optional.empty(),
                Optional.of(state(version.state(), version.reason(), version.digest())));
    }

    static Mutation stateChanged(
            VersionRepository.Known known, VersionKey key, VersionState state, @Nullable String reason) {
        return stateChanged(
                key,
                known.capabilityId(),
                Optional.of(state(known.state(), known.reason(), known.digest())),
                state(state, reason, known.digest()),
                state,
                reason);
    }

    private static Mutation stateChanged(
            VersionKey key,
            UUID capabilityId,
            Optional<Object> before,
            Map<String, Object> after,
            VersionState state,
            @Nullable String reason) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("capability", key.capability());
        data.put("version", key.number());
        data.put("state", state.wire());
        if (reason != null) {
            data.put("reason", reason);
        }
        return new Mutation(
                LifeCycle.event(state), "version", capabilityId, key.toString(), data, before, Optional.of(after));
    }

    private static Map<String, Object> state(VersionState state, @Nullable String reason, String digest) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", state.wire());
        if (reason != null) {
            fields.put("reason", reason);
        }
        fields.put("digest", digest);
        return fields;
    }
}
