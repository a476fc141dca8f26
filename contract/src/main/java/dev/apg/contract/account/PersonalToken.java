package dev.apg.contract.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person's token, without its secret.
 *
 * @param scopes the permissions that its bearer is left with, of those of the account; absent: all of them
 * @param lastUsedAt to the minute; absent: never used
 */
public record PersonalToken(
        UUID id,
        String label,
        @Nullable List<String> scopes,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        Instant expiresAt) {}
