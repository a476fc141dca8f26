package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Whose password was forgotten.
 *
 * @param tenant its code
 */
public record ForgottenPassword(
        @NotNull @VisibleText @Size(min = 1, max = 100) String tenant,
        @NotNull @VisibleText @Size(min = 1, max = 254) String email) {}
