package dev.apg.server.catalog;

import dev.apg.contract.catalog.Edge;
import dev.apg.contract.catalog.EdgeKind;
import dev.apg.contract.catalog.NodeKind;
import dev.apg.contract.catalog.NodeName;
import dev.apg.resolver.CapabilityVersion;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Provision;
import dev.apg.resolver.Requirement;
import dev.apg.resolver.Target;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads edges out of versions. Versions that say the same are one edge. */
final class Edges {
    private static final int SHOWN_VERSIONS = 20;

    private record Key(
            NodeName to,
            EdgeKind kind,
            @Nullable String requirement,
            dev.apg.contract.capability.@Nullable Strength strength,
            String range) {}

    private Edges() {}

    static NodeName capability(String code) {
        return new NodeName(NodeKind.CAPABILITY, code);
    }

    static NodeName service(String code) {
        return new NodeName(NodeKind.SERVICE, code);
    }

    static NodeName name(Target target) {
        return switch (target.kind()) {
            case CAPABILITY -> capability(target.code());
            case SERVICE -> service(target.code());
        };
    }

    /** The edges of a capability's versions. */
    static List<Edge> of(String code, List<CapabilityVersion> versions) {
        Map<Key, List<SemVer>> found = new LinkedHashMap<>();
        for (CapabilityVersion version : versions.reversed()) {
            for (Requirement requirement : version.requirements()) {
                for (Target target : requirement.anyOf()) {
                    var key = new Key(
                            name(target),
                            EdgeKind.REQUIRES,
                            requirement.name(),
                            strength(requirement),
                            target.range().text());
                    found.computeIfAbsent(key, _ -> new ArrayList<>()).add(version.number());
                }
            }
            for (Provision provision : version.provides()) {
                var key = new Key(
                        service(provision.service()),
                        EdgeKind.PROVIDES,
                        null,
                        null,
                        provision.version().toString());
                found.computeIfAbsent(key, _ -> new ArrayList<>()).add(version.number());
            }
            for (Target target : version.conflicts()) {
                var key = new Key(
                        name(target),
                        EdgeKind.CONFLICTS,
                        null,
                        null,
                        target.range().text());
                found.computeIfAbsent(key, _ -> new ArrayList<>()).add(version.number());
            }
        }
        NodeName from = capability(code);
        List<Edge> edges = new ArrayList<>(found.size());
        found.forEach((key, numbers) -> edges.add(new Edge(
                from,
                key.to(),
                key.kind(),
                numbers.stream().limit(SHOWN_VERSIONS).map(SemVer::toString).toList(),
                numbers.size(),
                key.requirement(),
                key.strength(),
                key.range())));
        return edges;
    }

    private static dev.apg.contract.capability.Strength strength(Requirement requirement) {
        return switch (requirement.strength()) {
            case REQUIRED -> dev.apg.contract.capability.Strength.REQUIRED;
            case OPTIONAL -> dev.apg.contract.capability.Strength.OPTIONAL;
            case RECOMMENDED -> dev.apg.contract.capability.Strength.RECOMMENDED;
            case ENHANCING -> dev.apg.contract.capability.Strength.ENHANCING;
        };
    }

    /** The version that stands for a capability, as the resolver knows it; in a list, empty if there is none. */
    static List<CapabilityVersion> newest(Snapshot snapshot, String code) {
        return snapshot.capability(code)
                .flatMap(CapabilityEntry::newest)
                .flatMap(version -> snapshot.universe().version(new ExactVersion(code, version.number())))
                .map(List::of)
                .orElse(List.of());
    }

    /** Of one version that a request names. */
    static Optional<CapabilityVersion> version(Snapshot snapshot, String code, SemVer number) {
        return snapshot.universe().version(new ExactVersion(code, number));
    }
}
