package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A login that needs a second factor which the account does not have.
 *
 * @param token of its first step
 */
public record LoginToken(
        @NotNull @VisibleText @Size(min = 1, max = 400) String token) {
    /** Without what is secret: this may end up in a log. */
    @Override
    public String toString() {
        return "login token";
    }
}
