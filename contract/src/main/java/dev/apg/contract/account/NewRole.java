package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A role that a tenant makes for itself.
 *
 * @param code of no other role
 * @param description what kind of work it is for
 * @param permissions such as {@code capability:publish}; none that its maker does not have
 */
public record NewRole(
        @NotNull @Pattern(regexp = CODE, message = CODE_MEANT)
        String code,

        @Nullable @VisibleText @Size(max = 2000) String description,

        @NotNull @Size(min = 1, max = 50) List<@NotNull @Size(min = 1, max = 100) String> permissions) {
    public static final String CODE = "[a-z0-9][a-z0-9._-]{0,99}";
    public static final String CODE_MEANT = "a code such as release_engineer";
}
