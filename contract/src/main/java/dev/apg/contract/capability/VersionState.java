package dev.apg.contract.capability;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a version stands in its life; its content never changes. */
public enum VersionState {
    /** Waits for approval where the policy asks for one. */
    @JsonProperty("pending")
    PENDING,
    @JsonProperty("published")
    PUBLISHED,
    @JsonProperty("deprecated")
    DEPRECATED,
    @JsonProperty("yanked")
    YANKED,
    /** A tombstone that keeps number and digest. */
    @JsonProperty("purged")
    PURGED;

    /**
     * The state of this spelling.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static VersionState of(String wire) {
        return valueOf(wire.toUpperCase(java.util.Locale.ROOT));
    }

    /** The spelling on the wire, in the database and in messages. */
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
