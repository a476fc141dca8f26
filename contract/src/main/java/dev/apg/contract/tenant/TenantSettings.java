package dev.apg.contract.tenant;

import dev.apg.contract.composition.Policy;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant works.
 *
 * @param auditRetentionDays how many days audit entries are kept, as the tenant has said; absent: as the installation has it
 * @param resolutionPolicy of compositions whose document names none, as the tenant has said; absent: the default one
 * @param inEffect what holds, whoever said it
 * @param edition counts the changes; what {@code If-Match} takes; 0: the tenant has never said anything
 */
public record TenantSettings(
        @Nullable Integer auditRetentionDays, @Nullable Policy resolutionPolicy, InEffect inEffect, long edition) {
    /**
     * What holds.
     *
     * @param auditRetentionDays absent: for ever
     */
    public record InEffect(@Nullable Integer auditRetentionDays, Policy resolutionPolicy) {}
}
