package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What keeps the newest version of a capability out of a solution. */
public enum HoldingCause {
    /** A need does not admit the newer version. */
    @JsonProperty("range")
    RANGE,
    /** The previous revision's version still holds and is kept. */
    @JsonProperty("locked")
    LOCKED,
    /** The draft pins another version. */
    @JsonProperty("pinned")
    PINNED,
    /** The draft excludes it. */
    @JsonProperty("excluded")
    EXCLUDED,
    /** It has a mark that the policy does not accept. */
    @JsonProperty("not_accepted")
    NOT_ACCEPTED,
    /** It and a chosen version conflict. */
    @JsonProperty("conflict")
    CONFLICT,
    /** It requires something that nothing meets beside what was chosen. */
    @JsonProperty("own_need")
    OWN_NEED,
    /** No single thing is in the way, and the policy minimises something else before it asks for newer versions. */
    @JsonProperty("objective")
    OBJECTIVE,
    /** No single thing is in the way. */
    @JsonProperty("combination")
    COMBINATION,
    /** It was purged: only its number, digest and reason are left. */
    @JsonProperty("purged")
    PURGED
}
