package dev.apg.contract.account;

import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * How people shall come in to a tenant.
 *
 * @param passwords absent: as before
 */
public record LoginPolicyChange(
        @NotNull FactorDemand secondFactor, @Nullable PasswordUse passwords) {}
