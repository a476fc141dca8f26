package dev.apg.server.account;

import dev.apg.contract.account.FactorDemand;
import dev.apg.contract.account.LoginPolicy;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.IfMatch;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Of whom a tenant demands a second factor: by default of administrators in production, of nobody elsewhere. */
@Service
class LoginPolicies {
    private final TenantTransactions transactions;
    private final Writes writes;
    private final FactorRepository repository;
    private final FactorDemand byDefault;

    LoginPolicies(TenantTransactions transactions, Writes writes, FactorRepository repository, Settings settings) {
        this.transactions = transactions;
        this.writes = writes;
        this.repository = repository;
        this.byDefault =
                settings.stage() == Settings.Stage.PRODUCTION ? FactorDemand.ADMINISTRATORS : FactorDemand.NOBODY;
    }

    /** In the caller's transaction. */
    boolean demandsFactor(UUID tenantId, Role role) {
        return switch (of(tenantId).secondFactor()) {
            case EVERYBODY -> true;
            case ADMINISTRATORS ->
                role.permits(Permission.ACCOUNT_ADMINISTER) || role.permits(Permission.TOKEN_ADMINISTER);
            case NOBODY -> false;
        };
    }

    LoginPolicy show(TenantContext context) {
        return transactions.read(context.tenantId(), () -> of(context.tenantId()));
    }

    /** Whoever is in stays in; it holds from the next login on. */
    Written<LoginPolicy> change(TenantContext context, IfMatch ifMatch, FactorDemand demand) {
        context.require(Permission.ACCOUNT_ADMINISTER);
        return writes.write(context, journal -> {
            LoginPolicy before = of(context.tenantId());
            ifMatch.check(before.edition());
            if (before.secondFactor() == demand && before.edition() > 0) {
                return before;
            }
            LoginPolicy after = repository.setPolicy(context.tenantId(), demand);
            journal.record(new Mutation(
                    "login_policy.changed",
                    "tenant",
                    context.tenantId(),
                    "login policy",
                    Map.of(),
                    Optional.of(before),
                    Optional.of(after)));
            return after;
        });
    }

    private LoginPolicy of(UUID tenantId) {
        return repository.policy(tenantId).orElseGet(() -> new LoginPolicy(byDefault, 0));
    }
}
