package dev.apg.server.account;

import dev.apg.server.tenancy.Role;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Whether anything lets people in; inside a transaction of their tenant. */
@Component
class WaysIn {
    private final LoginPolicies policies;
    private final KnownProviders providers;
    private final IdentityRepository identities;

    WaysIn(LoginPolicies policies, KnownProviders providers, IdentityRepository identities) {
        this.policies = policies;
        this.providers = providers;
        this.identities = identities;
    }

    /** A password that the tenant's policy admits, or an identity provider that is not disabled. */
    boolean has(UUID tenantId, UUID accountId, boolean hasPassword, Role role) {
        return hasPassword && policies.admitsPassword(tenantId, role)
                || identities.isKnown(tenantId, accountId, providers.open(tenantId));
    }
}
