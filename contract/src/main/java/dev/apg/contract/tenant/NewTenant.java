package dev.apg.contract.tenant;

import dev.apg.contract.VisibleText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A tenant to be made.
 *
 * @param code in use by no other tenant, a deleted one that is not erased yet included
 * @param name as people know it (default: the code)
 */
public record NewTenant(
        @NotNull @Pattern(regexp = "[a-z0-9][a-z0-9._-]{0,99}", message = "a code such as acme")
        String code,

        @Nullable @VisibleText @Size(min = 1, max = 200) String name,
        @Nullable @Valid Quotas quotas) {}
