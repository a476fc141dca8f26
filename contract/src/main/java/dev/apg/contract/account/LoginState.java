package dev.apg.contract.account;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a login has come. */
public enum LoginState {
    /** The person is in. */
    @JsonProperty("complete")
    COMPLETE,

    /** The password was right; now the second factor is asked for. */
    @JsonProperty("second_factor")
    SECOND_FACTOR,

    /** The password was right, but a second factor is demanded of this account and it has none yet. */
    @JsonProperty("enrolment")
    ENROLMENT
}
