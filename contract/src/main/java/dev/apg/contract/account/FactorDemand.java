package dev.apg.contract.account;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Of whom a second factor is demanded. */
public enum FactorDemand {
    @JsonProperty("everybody")
    EVERYBODY,

    /** Of those who may administer accounts or tokens. */
    @JsonProperty("administrators")
    ADMINISTRATORS,

    @JsonProperty("nobody")
    NOBODY
}
