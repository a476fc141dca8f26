package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A reason for which a version is only taken where the policy accepts it. */
public enum Mark {
    @JsonProperty("yanked")
    YANKED,
    @JsonProperty("deprecated")
    DEPRECATED,
    @JsonProperty("retired")
    RETIRED,
    @JsonProperty("unapproved")
    UNAPPROVED;

    /** The spelling on the wire, in the database and in messages. */
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
