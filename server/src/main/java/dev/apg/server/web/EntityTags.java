package dev.apg.server.web;

/** Strong entity tags of things that are numbered by their changes. */
public final class EntityTags {
    private EntityTags() {}

    /** The tag of an edition: {@code "7"}, with the quotes that the header wants. */
    public static String of(long edition) {
        return "\"" + edition + "\"";
    }
}
