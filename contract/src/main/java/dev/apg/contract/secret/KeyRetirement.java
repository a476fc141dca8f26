package dev.apg.contract.secret;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Why a key is taken away.
 *
 * @param reason in the audit log of every tenant
 */
public record KeyRetirement(
        @NotNull @VisibleText @Size(min = 1, max = 2000) String reason) {}
