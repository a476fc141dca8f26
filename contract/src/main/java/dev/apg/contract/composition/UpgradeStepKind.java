package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a step to newer versions is. */
public enum UpgradeStepKind {
    /** What the draft resolves to without more, such as another version for a yanked one. */
    @JsonProperty("as_it_stands")
    AS_IT_STANDS,
    /** An update of some or all capabilities. */
    @JsonProperty("within_ranges")
    WITHIN_RANGES,
    /** Other ranges or pins of the draft. */
    @JsonProperty("range_change")
    RANGE_CHANGE
}
