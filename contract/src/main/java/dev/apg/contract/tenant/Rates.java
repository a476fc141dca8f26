package dev.apg.contract.tenant;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * How often each client of a tenant may ask; absent: as the installation has it. The tenant's clients have ten times as much
 * together.
 *
 * @param requestsPerMinute on average
 * @param burst requests that may come at once after a while without any
 */
public record Rates(
        @Min(1) @Max(Rates.MOST) @Nullable Integer requestsPerMinute,
        @Min(1) @Max(Rates.MOST) @Nullable Integer burst) {
    public static final int MOST = 1_000_000;

    public static final Rates NONE = new Rates(null, null);
}
