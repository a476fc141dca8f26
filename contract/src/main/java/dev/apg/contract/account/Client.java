package dev.apg.contract.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A program that fetches access tokens, without its secret.
 *
 * @param clientId what it calls itself by when it asks for a token
 * @param scopes the permissions that it is left with, of those of its role; absent: all of them
 * @param issuedBy who made it; absent: the platform, or a release that did not say
 * @param lastUsedAt to the minute; absent: never used
 */
public record Client(
        UUID id,
        String clientId,
        String label,
        String role,
        @Nullable List<String> scopes,
        @Nullable Issuer issuedBy,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {}
