package dev.apg.contract.account;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What programs come in with that members of a tenant make for them. */
public enum MachineKind {
    @JsonProperty("token")
    TOKEN,

    @JsonProperty("client")
    CLIENT,

    @JsonProperty("pipeline")
    PIPELINE
}
