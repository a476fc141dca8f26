package dev.apg.server.setting;

import dev.apg.contract.composition.Policy;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import org.springframework.stereotype.Component;

/** What a resolution may take and prefers where a composition does not say it itself. */
@Component
public class ResolutionPolicies {
    private final TenantTransactions transactions;
    private final SettingRepository repository;

    ResolutionPolicies(TenantTransactions transactions, SettingRepository repository) {
        this.transactions = transactions;
        this.repository = repository;
    }

    /** The tenant's; in a transaction of its own. */
    public Policy byDefault(TenantContext context) {
        return transactions
                .read(context.tenantId(), () -> repository.find(context.tenantId()))
                .resolutionPolicy()
                .orElse(Policy.DEFAULT);
    }
}
