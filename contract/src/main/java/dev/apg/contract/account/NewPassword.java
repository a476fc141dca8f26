package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A password that somebody chooses who has a token of an invitation.
 *
 * @param password 12 to 128 characters that are not easy to guess
 */
public record NewPassword(
        @NotNull @VisibleText @Size(min = 1, max = 200) String token,
        @NotNull @VisibleText @Size(min = 1, max = 1_000) String password) {
    /** Without what is secret: this may end up in a log. */
    @Override
    public String toString() {
        return "new password";
    }
}
