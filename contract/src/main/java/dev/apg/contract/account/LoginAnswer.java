package dev.apg.contract.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a login led to; with {@code complete} the session is in the cookie that comes with this answer.
 *
 * @param csrfToken of a complete one: what {@code X-APG-CSRF} of each change takes that is made with the cookie
 * @param expiresAt when the session ends, however much it is used; of one that is not complete: when the token does
 * @param token of one that is not complete: what the next step takes
 */
public record LoginAnswer(
        LoginState state,
        @Nullable String csrfToken,
        Instant expiresAt,
        @Nullable String token) {}
