package dev.apg.contract.capability;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a running version is asked whether it is well. */
public enum HealthKind {
    @JsonProperty("http")
    HTTP,
    @JsonProperty("tcp")
    TCP,
    @JsonProperty("grpc")
    GRPC,
    @JsonProperty("command")
    COMMAND;

    /** The spelling on the wire, in the database and in messages. */
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
