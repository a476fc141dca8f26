package dev.apg.contract.account;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who may come in with a password. */
public enum PasswordUse {
    @JsonProperty("everybody")
    EVERYBODY,

    /** Those who may administer accounts or tokens, so that there is a way in when the identity provider fails. */
    @JsonProperty("administrators")
    ADMINISTRATORS
}
