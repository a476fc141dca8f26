package dev.apg.contract.capability;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The transport of a port. */
public enum PortProtocol {
    @JsonProperty("tcp")
    TCP,
    @JsonProperty("udp")
    UDP;

    /** The spelling on the wire, in the database and in messages. */
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
