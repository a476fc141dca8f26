package dev.apg.server.capability;

import dev.apg.server.grant.Grant;
import dev.apg.server.grant.Grants;
import dev.apg.server.grant.Subject;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds whose a capability shall be that is being made. */
@Component
class FirstOwners {
    /** What the parameter {@code owned_by} says. */
    static final String MEANT =
            "whose a new capability shall be: team:CODE, token:ID, client:ID, pipeline:ID, account:ID or me; what exists stays whose it is";

    private final Grants grants;
    private final TenantTransactions transactions;

    FirstOwners(Grants grants, TenantTransactions transactions) {
        this.grants = grants;
        this.transactions = transactions;
    }

    Optional<Grant> find(TenantContext context, Optional<String> ownedBy) {
        return ownedBy.map(text ->
                transactions.read(context.tenantId(), () -> grants.firstOwner(context, Subject.Kind.CAPABILITY, text)));
    }
}
