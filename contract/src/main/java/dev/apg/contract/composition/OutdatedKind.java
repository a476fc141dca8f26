package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What it takes to bring an entry of a lock to the newest version that the policy accepts. */
public enum OutdatedKind {
    /** It is the newest one. */
    @JsonProperty("up_to_date")
    UP_TO_DATE,
    /** The draft admits it as it stands: an update takes it. */
    @JsonProperty("within_ranges")
    WITHIN_RANGES,
    /** A range or a pin of the draft has to be another one. */
    @JsonProperty("needs_range_change")
    NEEDS_RANGE_CHANGE,
    /** The draft admits it, and the policy's objectives prefer what is chosen: a pin takes it. */
    @JsonProperty("not_preferred")
    NOT_PREFERRED,
    /** Something keeps it out whatever the ranges and pins of the draft are. */
    @JsonProperty("blocked")
    BLOCKED,
    /** The draft as it stands has no place for the capability any more. */
    @JsonProperty("not_chosen")
    NOT_CHOSEN,
    /** It is not known: the draft has no solution, or the step budget ran out. */
    @JsonProperty("not_checked")
    NOT_CHECKED;

    /** The spelling on the wire. */
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
