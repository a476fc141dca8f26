package dev.apg.contract.identity;

import dev.apg.contract.VisibleText;
import dev.apg.contract.account.NewRole;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * The role of those who belong to a group.
 *
 * @param group as the provider calls it, to the letter
 * @param role the code of one of the tenant's roles
 */
public record GroupRole(
        @NotNull @VisibleText @Size(min = 1, max = 256) String group,

        @NotNull @Pattern(regexp = NewRole.CODE, message = NewRole.CODE_MEANT)
        String role) {}
