package dev.apg.contract.account;

/**
 * A token that a person has just made.
 *
 * @param text what goes behind {@code Authorization: Bearer}; shown this once and kept nowhere
 */
public record IssuedPersonalToken(PersonalToken token, String text) {}
