package dev.apg.contract.account;

/**
 * Why a client got no token (RFC 6749, section 5.2).
 *
 * @param error one of the standard's words: {@code invalid_client}
 * @param errorDescription for people
 */
public record TokenRefusal(String error, String errorDescription) {}
