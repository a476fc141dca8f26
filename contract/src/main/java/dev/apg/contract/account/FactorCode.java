package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** What the authenticator shows now; where something is there already, also one of the recovery codes. */
public record FactorCode(
        @NotNull @VisibleText @Size(min = 1, max = 50) String code) {
    /** Without what is secret: this may end up in a log. */
    @Override
    public String toString() {
        return "code";
    }
}
