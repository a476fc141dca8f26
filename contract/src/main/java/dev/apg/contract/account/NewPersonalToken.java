package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token that a person makes for themselves.
 *
 * @param label tells what it is for
 * @param scopes the permissions that its bearer is left with, of those of the account, such as {@code capability:publish};
 *     absent: all that the account may do, now and later
 * @param expiresAt in the future, within a year (default: in 90 days)
 */
public record NewPersonalToken(
        @NotNull @VisibleText @Size(min = 1, max = 100) String label,
        @Nullable @Size(min = 1, max = 50) List<@NotNull @Size(min = 1, max = 100) String> scopes,
        @Nullable Instant expiresAt) {}
