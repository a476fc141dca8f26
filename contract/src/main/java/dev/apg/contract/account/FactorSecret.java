package dev.apg.contract.account;

/**
 * What an authenticator is told once.
 *
 * @param secret in Base32, to be typed
 * @param uri to be shown as a QR code
 */
public record FactorSecret(String secret, String uri) {}
