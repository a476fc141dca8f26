package dev.apg.contract.account;

/**
 * A token for a client (RFC 6749, section 5.1).
 *
 * @param accessToken what goes behind {@code Authorization: Bearer}
 * @param tokenType {@code Bearer}
 * @param expiresIn seconds
 * @param scope the permissions that it is good for, with spaces between them
 */
public record AccessToken(String accessToken, String tokenType, long expiresIn, String scope) {}
