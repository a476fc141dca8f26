package dev.apg.contract.tenant;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * How much a tenant may have; absent: as much as it likes. One that is less than what there is takes nothing away, but lets
 * nothing be added.
 *
 * @param storedBytes as in {@link Usage}
 */
public record Quotas(
        @Min(0) @Max(Quotas.MOST) @Nullable Long capabilities,
        @Min(0) @Max(Quotas.MOST) @Nullable Long versions,
        @Min(0) @Max(Quotas.MOST) @Nullable Long compositions,
        @Min(0) @Max(Quotas.MOST) @Nullable Long storedBytes) {
    /** JSON numbers up to here are exact everywhere. */
    public static final long MOST = 9_007_199_254_740_991L;

    public static final Quotas NONE = new Quotas(null, null, null, null);
}
