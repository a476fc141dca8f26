package dev.apg.contract.secret;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a key is good for. */
public enum SigningKeyState {
    /** It will sign, and is published already. */
    @JsonProperty("next")
    NEXT,

    /** It signs. */
    @JsonProperty("signing")
    SIGNING,

    /** It signs nothing any more, and what it has signed is valid. */
    @JsonProperty("verifying")
    VERIFYING,

    /** It was taken away: nothing that it has signed is valid. */
    @JsonProperty("retired")
    RETIRED
}
