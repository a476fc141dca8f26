package dev.apg.contract.tenant;

import dev.apg.contract.account.IssuedToken;

/**
 * A tenant that was just made.
 *
 * @param administrator the token of its first administrator, shown this once
 */
public record CreatedTenant(Tenant tenant, IssuedToken administrator) {}
