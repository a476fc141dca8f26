package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token to be made.
 *
 * @param label tells people what it is for
 * @param role the code of one of the tenant's roles: what its bearer may do
 * @param scopes the permissions that its bearer is left with, of those of the role, such as {@code capability:publish};
 *     absent: all that the role may do, now and later
 * @param expiresAt in the future; absent: it stays valid until it is revoked
 */
public record NewToken(
        @NotNull @VisibleText @Size(min = 1, max = 100) String label,

        @NotNull @Pattern(regexp = NewRole.CODE, message = NewRole.CODE_MEANT)
        String role,

        @Nullable @Size(min = 1, max = 50) List<@NotNull @Size(min = 1, max = 100) String> scopes,

        @Nullable Instant expiresAt) {}
