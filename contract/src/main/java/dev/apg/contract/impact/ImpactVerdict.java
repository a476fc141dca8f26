package dev.apg.contract.impact;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a candidate means for a composition's newest revision. */
public enum ImpactVerdict {
    /** Nothing. */
    @JsonProperty("unaffected")
    UNAFFECTED,
    /** It can take the candidate, or something can take the place of what is lost. */
    @JsonProperty("upgradable")
    UPGRADABLE,
    /** It cannot take the candidate; or nothing can take the place of what it loses, which its policy accepts. */
    @JsonProperty("blocked")
    BLOCKED,
    /** It has no solution any more. */
    @JsonProperty("broken")
    BROKEN,
    /** The step budget ran out before it was known. */
    @JsonProperty("not_checked")
    NOT_CHECKED;

    /** The spelling in documents. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
