package dev.apg.contract.account;

import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends for a token (RFC 6749, section 4.4), or a pipeline's job (RFC 8693).
 *
 * @param grantType {@code client_credentials}, or {@code urn:ietf:params:oauth:grant-type:token-exchange}
 * @param clientId of the client or pipeline; absent if a client names itself by {@code Authorization: Basic}
 * @param clientSecret likewise
 * @param scope permissions with spaces between them; absent: all that the client has
 * @param subjectToken of a job: the identity token that its CI service gave it
 * @param subjectTokenType of a job: {@code urn:ietf:params:oauth:token-type:id_token}
 */
public record AccessTokenRequest(
        @NotNull String grantType,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable String scope,
        @Nullable String subjectToken,
        @Nullable String subjectTokenType) {}
