package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A person to be invited.
 *
 * @param email an address such as {@code ada@example.com}
 * @param name as others shall read it
 * @param role the code of one of the tenant's roles: what they may do
 */
public record NewAccount(
        @NotNull @Size(min = 3, max = 254) @VisibleText String email,
        @NotNull @VisibleText @Size(min = 1, max = 100) String name,

        @NotNull @Pattern(regexp = NewRole.CODE, message = NewRole.CODE_MEANT)
        String role) {}
