package dev.apg.contract.account;

/**
 * A client that was just made.
 *
 * @param clientSecret with which it asks for tokens; shown this once and kept nowhere
 */
public record CreatedClient(Client client, String clientSecret) {}
