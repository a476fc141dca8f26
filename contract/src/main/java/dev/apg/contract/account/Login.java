package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Who wants to come in.
 *
 * @param tenant its code
 */
public record Login(
        @NotNull @VisibleText @Size(min = 1, max = 100) String tenant,
        @NotNull @VisibleText @Size(min = 1, max = 254) String email,
        @NotNull @VisibleText @Size(min = 1, max = 1_000) String password) {
    /** Without what is secret: this may end up in a log. */
    @Override
    public String toString() {
        return "login";
    }
}
