package dev.apg.contract.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a tenant may do. */
public enum TenantState {
    /** Everything. */
    @JsonProperty("active")
    ACTIVE,

    /** Nothing: every request is refused. */
    @JsonProperty("suspended")
    SUSPENDED,

    /** Read, and so export, until its time is over. */
    @JsonProperty("deleting")
    DELETING,

    /** Nothing, for ever: its data is being erased. */
    @JsonProperty("erasing")
    ERASING
}
