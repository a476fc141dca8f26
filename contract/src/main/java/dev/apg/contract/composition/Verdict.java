package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether another version could be chosen. */
public enum Verdict {
    /** It is the one that was chosen. */
    @JsonProperty("chosen")
    CHOSEN,
    @JsonProperty("possible")
    POSSIBLE,
    @JsonProperty("impossible")
    IMPOSSIBLE,
    /** There is no such version, or it was purged. */
    @JsonProperty("unknown")
    UNKNOWN,
    /** The step budget ran out before it was known. */
    @JsonProperty("exhausted")
    EXHAUSTED
}
