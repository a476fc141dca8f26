package dev.apg.contract.secret;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a key of {@code ENCRYPTION_KEY} is good for. */
public enum EncryptionKeyState {
    /** What is new is encrypted with it. */
    @JsonProperty("newest")
    NEWEST,

    /** Secrets are encrypted with it that are not encrypted with the newest yet. */
    @JsonProperty("needed")
    NEEDED,

    /** Nothing is encrypted with it any more. */
    @JsonProperty("unneeded")
    UNNEEDED,

    /** Secrets are encrypted with it, and it was not given. */
    @JsonProperty("missing")
    MISSING
}
