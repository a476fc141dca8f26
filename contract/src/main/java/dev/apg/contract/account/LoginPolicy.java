package dev.apg.contract.account;

/**
 * How people come in to a tenant.
 *
 * @param edition counts the changes; what {@code If-Match} takes; 0: the tenant has never said anything, and this is the default
 */
public record LoginPolicy(FactorDemand secondFactor, long edition) {}
