package dev.apg.resolver;

import java.util.List;

/**
 * Capabilities that need each other.
 *
 * @param members all of them, by code
 * @param path a shortest way round, each needing the next, from the first member back to it
 */
public record Cycle(List<String> members, List<String> path) {
    public Cycle {
        members = List.copyOf(members);
        path = List.copyOf(path);
    }
}
