package dev.apg.contract.composition;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks to resolve a document without saving it.
 *
 * @param previous version by capability, kept while they hold: what a lock that the caller has says
 * @param stepBudget as in {@link ResolveOptions}
 */
public record ResolveRequest(
        @NotNull @Valid DraftDocument document,
        @Size(max = 10_000) Map<String, @NotNull @Size(max = 256) String> previous,
        @Nullable @Min(1) @Max(500_000_000) Long stepBudget) {
    public ResolveRequest {
        // A null among the values is for the constraint to refuse, which knows its key.
        previous = previous == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(previous));
    }
}
