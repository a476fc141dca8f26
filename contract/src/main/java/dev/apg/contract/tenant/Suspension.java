package dev.apg.contract.tenant;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Why a tenant is suspended.
 *
 * @param reason shown to its members
 */
public record Suspension(
        @NotNull @VisibleText @Size(min = 1, max = 2000) String reason) {}
