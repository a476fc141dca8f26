package dev.apg.contract.account;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a person can come in. */
public enum AccountState {
    /** Has not chosen a password yet. */
    @JsonProperty("invited")
    INVITED,

    @JsonProperty("active")
    ACTIVE,

    @JsonProperty("disabled")
    DISABLED
}
