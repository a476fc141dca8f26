package dev.apg.contract.account;

import java.time.Instant;

/**
 * Somebody came in; the session is in the cookie that comes with this answer.
 *
 * @param csrfToken what {@code X-APG-CSRF} of each change takes that is made with the cookie
 * @param expiresAt when the session ends, however much it is used
 */
public record LoginAnswer(String csrfToken, Instant expiresAt) {}
