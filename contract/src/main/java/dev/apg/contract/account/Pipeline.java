package dev.apg.contract.account;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of a CI service that may publish some capabilities with identity tokens of that service.
 *
 * @param clientId how a job names it when it exchanges its identity token; no secret
 * @param claims what a token must say
 * @param capabilities codes and patterns of what its jobs may publish
 * @param issuedBy who made it; absent: the platform, or a release that did not say
 * @param lastUsedAt to the minute; absent: never used
 */
public record Pipeline(
        UUID id,
        String clientId,
        String label,
        String issuer,
        String audience,
        Map<String, String> claims,
        List<String> capabilities,
        @Nullable Issuer issuedBy,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {}
