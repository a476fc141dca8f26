package dev.apg.contract.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that does not fit the chain.
 *
 * @param seal number of the link
 * @param entry the entry that it is about, if it is about one
 * @param sentence what is wrong, in plain words
 */
public record AuditFault(Kind kind, long seal, @Nullable UUID entry, String sentence) {
    /** What can be wrong. */
    public enum Kind {
        @JsonProperty("entry_changed")
        ENTRY_CHANGED,
        @JsonProperty("entry_missing")
        ENTRY_MISSING,
        @JsonProperty("entry_inserted")
        ENTRY_INSERTED,
        @JsonProperty("seal_changed")
        SEAL_CHANGED,
        @JsonProperty("seal_missing")
        SEAL_MISSING
    }
}
