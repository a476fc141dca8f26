package dev.apg.contract.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An identity provider by which people come in; its client secret is never shown.
 *
 * @param redirectUri what is to be registered at the provider
 * @param loginUri where a browser begins to come in by it
 * @param disabled nobody comes in by it
 */
public record IdentityProvider(
        UUID id,
        String code,
        String displayName,
        String issuer,
        String clientId,
        String redirectUri,
        String loginUri,
        List<String> scopes,
        ClaimNames claims,
        RolesByGroup roles,
        AccountRules accounts,
        List<String> secondFactors,
        boolean disabled,
        Instant createdAt,
        Instant updatedAt) {
    public IdentityProvider {
        scopes = List.copyOf(scopes);
        secondFactors = List.copyOf(secondFactors);
    }
}
