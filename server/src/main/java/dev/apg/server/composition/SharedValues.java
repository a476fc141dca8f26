package dev.apg.server.composition;

import dev.apg.resolver.Request;
import dev.apg.resolver.Root;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import dev.apg.server.capability.VersionKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** One object for equal codes, numbers and ranges, because the revisions of a tenant are about the same ones. */
final class SharedValues {
    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final Map<String, SemVer> numbers = new ConcurrentHashMap<>();
    private final Map<String, VersionRange> ranges = new ConcurrentHashMap<>();
    private final Map<Root, Root> roots = new ConcurrentHashMap<>();
    private final Map<UUID, Locked> versions = new ConcurrentHashMap<>();

    /** A version in a lock. */
    record Locked(String code, SemVer number) {}

    Set<UUID> unknown(Collection<UUID> ids) {
        Set<UUID> unknown = new HashSet<>(ids);
        unknown.removeIf(versions::containsKey);
        return unknown;
    }

    void learn(Map<UUID, VersionKey> names) {
        names.forEach((id, name) -> versions.put(
                id, new Locked(code(name.capability()), numbers.computeIfAbsent(name.number(), SemVer::parse))));
    }

    Locked version(UUID id) {
        Locked version = versions.get(id);
        if (version == null) {
            throw new IllegalArgumentException("version: " + id + " (expected: one whose name was learnt)");
        }
        return version;
    }

    VersionRange range(String text) {
        return ranges.computeIfAbsent(text, VersionRange::parse);
    }

    /** An equal request of shared parts; most compositions ask for the same things in the same ranges. */
    Request share(Request request) {
        return request.withRoots(request.roots().stream()
                .map(root -> roots.computeIfAbsent(root, same -> same))
                .toList());
    }

    private String code(String code) {
        return codes.computeIfAbsent(code, same -> same);
    }
}
