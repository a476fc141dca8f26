package dev.apg.contract.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token, without its secret.
 *
 * @param scopes the permissions that it is left with, of those of its role; absent: all of them
 * @param issuedBy who made it; absent: the platform, or a release that did not say
 * @param lastUsedAt to the minute; absent: never used
 */
public record Token(
        UUID id,
        String label,
        String role,
        @Nullable List<String> scopes,
        @Nullable Issuer issuedBy,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {}
