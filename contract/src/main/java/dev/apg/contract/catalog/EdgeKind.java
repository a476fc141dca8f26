package dev.apg.contract.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a capability is tied to a capability or a service. */
public enum EdgeKind {
    @JsonProperty("requires")
    REQUIRES,
    @JsonProperty("provides")
    PROVIDES,
    @JsonProperty("conflicts")
    CONFLICTS
}
