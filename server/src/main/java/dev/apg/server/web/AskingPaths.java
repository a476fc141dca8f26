package dev.apg.server.web;

import java.util.Set;

/** Where a POST only asks, what a query has no room for: it changes nothing, and may be sent as often as anybody likes. */
public final class AskingPaths {
    private static final Set<String> LAST = Set.of("resolve", "validate", "why", "outdated", "impact");

    private AskingPaths() {}

    /** @param path that is posted to, or its pattern: the last segment of one is never somebody's name */
    public static boolean contain(String path) {
        return LAST.contains(path.substring(path.lastIndexOf('/') + 1));
    }
}
