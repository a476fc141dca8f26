package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that shall fetch access tokens.
 *
 * @param label tells people which one it is
 * @param role the code of one of the tenant's roles: what it may do
 * @param scopes the permissions that it is left with, of those of the role, such as {@code capability:publish}; absent: all
 *     that the role may do, now and later
 */
public record NewClient(
        @NotNull @VisibleText @Size(min = 1, max = 100) String label,

        @NotNull @Pattern(regexp = NewRole.CODE, message = NewRole.CODE_MEANT)
        String role,

        @Nullable @Size(min = 1, max = 50) List<@NotNull @Size(min = 1, max = 100) String> scopes) {}
