package dev.apg.contract.account;

import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends for a token (RFC 6749, section 4.4).
 *
 * @param grantType {@code client_credentials}
 * @param clientId absent if the client names itself by {@code Authorization: Basic}
 * @param clientSecret likewise
 * @param scope permissions with spaces between them; absent: all that the client has
 */
public record AccessTokenRequest(
        @NotNull String grantType,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable String scope) {}
