package dev.apg.contract.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a code names. */
public enum NodeKind {
    @JsonProperty("capability")
    CAPABILITY,
    @JsonProperty("service")
    SERVICE
}
