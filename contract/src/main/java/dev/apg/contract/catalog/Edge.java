package dev.apg.contract.catalog;

import dev.apg.contract.capability.Strength;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some versions of a capability require, provide or conflict with something, all in the same way.
 *
 * @param from always a capability
 * @param versions of it, newest first, at most 20
 * @param versionCount how many there are
 * @param requirement name of the requirement, for {@code requires}
 * @param strength of the requirement
 * @param range that is required or in conflict; for {@code provides} the version of the service
 */
public record Edge(
        NodeName from,
        NodeName to,
        EdgeKind kind,
        List<String> versions,
        int versionCount,
        @Nullable String requirement,
        @Nullable Strength strength,
        String range) {
    public Edge {
        versions = List.copyOf(versions);
    }
}
