package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Once more the password of somebody who is in: whoever finds their browser open does not have it. */
public record CurrentPassword(
        @NotNull @VisibleText @Size(min = 1, max = 1_000) String currentPassword) {
    /** Without what is secret: this may end up in a log. */
    @Override
    public String toString() {
        return "current password";
    }
}
