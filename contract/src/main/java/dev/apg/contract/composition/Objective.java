package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a resolution prefers among consistent sets. */
public enum Objective {
    /** The newest feasible version of each, in the order of the choice rule. */
    @JsonProperty("newest")
    NEWEST,
    /** As few differences from the previous lock as possible. */
    @JsonProperty("minimal_change")
    MINIMAL_CHANGE,
    /** As few capabilities as possible. */
    @JsonProperty("fewest")
    FEWEST,
    /** The smallest sum of declared costs. */
    @JsonProperty("cheapest")
    CHEAPEST;

    /** The spelling on the wire, in the database and in messages. */
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
