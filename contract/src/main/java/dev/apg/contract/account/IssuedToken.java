package dev.apg.contract.account;

/**
 * A token that was just made.
 *
 * @param text what goes behind {@code Authorization: Bearer}; shown this once and kept nowhere
 */
public record IssuedToken(Token token, String text) {}
