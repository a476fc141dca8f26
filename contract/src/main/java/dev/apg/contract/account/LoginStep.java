package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * The second step of a login.
 *
 * @param token of the first one
 * @param code that the authenticator shows, or one of the recovery codes
 */
public record LoginStep(
        @NotNull @VisibleText @Size(min = 1, max = 400) String token,
        @NotNull @VisibleText @Size(min = 1, max = 50) String code) {
    /** Without what is secret: this may end up in a log. */
    @Override
    public String toString() {
        return "login step";
    }
}
