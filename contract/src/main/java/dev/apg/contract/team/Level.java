package dev.apg.contract.team;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How much a grant lets do, as far as the role permits it, too; each includes those before it. */
public enum Level {
    /** Read it. */
    @JsonProperty("read")
    READ,

    /** Change it. */
    @JsonProperty("edit")
    EDIT,

    /** Give it to others, and delete it. */
    @JsonProperty("own")
    OWN;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
