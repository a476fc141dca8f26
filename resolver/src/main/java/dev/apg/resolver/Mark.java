package dev.apg.resolver;

/** Why a version is only taken where the {@link Policy} accepts it. */
public enum Mark {
    YANKED,
    DEPRECATED,
    RETIRED,
    UNAPPROVED;

    /** The word in sentences and documents: {@code yanked}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
