package dev.apg.contract.catalog;

import dev.apg.contract.capability.Status;
import org.jspecify.annotations.Nullable;

/**
 * A node of the graph.
 *
 * @param displayName of a capability
 * @param status of a capability
 * @param newest number of the version whose edges are shown; absent for services and for capabilities without versions
 * @param depth steps from the nearest root; absent when no root was given
 */
public record GraphNode(
        NodeKind kind,
        String code,
        @Nullable String displayName,
        @Nullable Status status,
        @Nullable String newest,
        @Nullable Integer depth) {}
