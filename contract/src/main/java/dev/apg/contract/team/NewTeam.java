package dev.apg.contract.team;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A team to be made.
 *
 * @param code of no other team of the tenant
 * @param displayName as people know it (default: the code)
 */
public record NewTeam(
        @NotNull @Pattern(regexp = "[a-z0-9][a-z0-9._-]{0,99}", message = "a code such as payments-core")
        String code,

        @Nullable @VisibleText @Size(min = 1, max = 200) String displayName) {}
