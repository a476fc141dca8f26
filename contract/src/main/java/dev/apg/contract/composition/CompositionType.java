package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What kind of application a composition is. */
public enum CompositionType {
    @JsonProperty("enterprise")
    ENTERPRISE,
    @JsonProperty("industry_vertical")
    INDUSTRY_VERTICAL,
    @JsonProperty("departmental")
    DEPARTMENTAL,
    @JsonProperty("microservice")
    MICROSERVICE,
    @JsonProperty("hybrid")
    HYBRID,
    @JsonProperty("custom")
    CUSTOM;

    /** The spelling on the wire, in the database and in messages. */
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
