package dev.apg.contract.account;

/**
 * How people come in to a tenant.
 *
 * @param secondFactor of whom a second factor is demanded
 * @param passwords who may come in with a password
 * @param edition counts the changes; what {@code If-Match} takes; 0: the tenant has never said anything, and this is the default
 */
public record LoginPolicy(FactorDemand secondFactor, PasswordUse passwords, long edition) {}
