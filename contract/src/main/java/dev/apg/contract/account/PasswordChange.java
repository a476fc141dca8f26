package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Another password for one's own account.
 *
 * @param password 12 to 128 characters that are not easy to guess
 */
public record PasswordChange(
        @NotNull @VisibleText @Size(min = 1, max = 1_000) String currentPassword,
        @NotNull @VisibleText @Size(min = 1, max = 1_000) String password) {
    /** Without what is secret: this may end up in a log. */
    @Override
    public String toString() {
        return "password change";
    }
}
