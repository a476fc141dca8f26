package dev.apg.server.composition;

import dev.apg.resolver.Request;
import dev.apg.resolver.Root;
import dev.apg.resolver.Target;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import dev.apg.server.capability.VersionKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** One object for equal codes, numbers and ranges, because the revisions of a tenant are about the same ones. */
final class SharedValues {
    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final Map<String, SemVer> numbers = new ConcurrentHashMap<>();
    private final Map<String, VersionRange> ranges = new ConcurrentHashMap<>();
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

    /** An equal request of shared parts. */
    Request share(Request request) {
        List<Root> roots = request.roots().stream()
                .map(root -> new Root(share(root.target())))
                .toList();
        return request.withRoots(roots)
                .withExclusions(request.exclusions().stream().map(this::share).toList());
    }

    private Target share(Target target) {
        VersionRange range = ranges.computeIfAbsent(target.range().text(), text -> target.range());
        return new Target(target.kind(), code(target.code()), range);
    }

    private String code(String code) {
        return codes.computeIfAbsent(code, same -> same);
    }
}
