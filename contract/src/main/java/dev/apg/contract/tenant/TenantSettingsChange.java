package dev.apg.contract.tenant;

import dev.apg.contract.composition.Policy;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant shall work, all of it; what is left out is as the installation has it.
 *
 * @param auditRetentionDays how many days audit entries are kept
 * @param resolutionPolicy of compositions whose document names none
 */
public record TenantSettingsChange(
        @Min(TenantSettingsChange.LEAST_DAYS) @Max(TenantSettingsChange.MOST_DAYS) @Nullable
        Integer auditRetentionDays,

        @Nullable @Valid Policy resolutionPolicy) {
    /** An attack is often found after months only. */
    public static final int LEAST_DAYS = 90;

    public static final int MOST_DAYS = 36_500;
}
