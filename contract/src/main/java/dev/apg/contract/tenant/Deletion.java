package dev.apg.contract.tenant;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The end of a tenant.
 *
 * @param reason shown to its members
 * @param graceDays until everything is erased, 0 to 365 (default: 30)
 */
public record Deletion(
        @NotNull @VisibleText @Size(min = 1, max = 2000) String reason,
        @Nullable @Min(0) @Max(365) Integer graceDays) {
    private static final int DEFAULT_DAYS = 30;

    public int days() {
        return graceDays == null ? DEFAULT_DAYS : graceDays;
    }
}
