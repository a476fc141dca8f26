package dev.apg.contract.composition;

import dev.apg.contract.capability.Codes;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to resolve a draft.
 *
 * @param previous the revision whose versions are kept while they hold; absent: the newest one, if there is any; 0: none
 * @param update capabilities whose version in the previous revision is not preferred
 * @param updateAll whether that is so for all of them
 * @param stepBudget how much work may be done; the same budget gives the same answer everywhere; absent: 50,000,000
 */
public record ResolveOptions(
        @Nullable @Min(0) Integer previous,

        @Size(max = 1_000) List<@NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis") String> update,

        boolean updateAll,
        @Nullable @Min(1) @Max(500_000_000) Long stepBudget) {
    public static final ResolveOptions DEFAULT = new ResolveOptions(null, List.of(), false, null);

    public ResolveOptions {
        update = update == null ? List.of() : List.copyOf(update);
    }
}
