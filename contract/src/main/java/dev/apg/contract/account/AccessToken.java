package dev.apg.contract.account;

import org.jspecify.annotations.Nullable;

/**
 * A token for a client (RFC 6749, section 5.1) or a pipeline's job (RFC 8693, section 2.2).
 *
 * @param accessToken what goes behind {@code Authorization: Bearer}
 * @param tokenType {@code Bearer}
 * @param expiresIn seconds
 * @param scope the permissions that it is good for, with spaces between them
 * @param issuedTokenType of what an identity token was exchanged for: {@code urn:ietf:params:oauth:token-type:access_token}
 */
public record AccessToken(
        String accessToken,
        String tokenType,
        long expiresIn,
        String scope,
        @Nullable String issuedTokenType) {}
