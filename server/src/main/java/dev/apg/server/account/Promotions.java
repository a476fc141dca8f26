package dev.apg.server.account;

import dev.apg.contract.account.Account;
import dev.apg.server.event.Journal;
import dev.apg.server.role.RoleRewritten;
import dev.apg.server.role.Roles;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Whoever gets power of which the tenant demands a second factor has it from the next login on, with one: what they came in with
 * without one is not good for it.
 */
@Component
class Promotions {
    private static final String WHY = "the role demands a second factor";

    private final AccountRepository accounts;
    private final SecondFactors factors;
    private final LoginPolicies policies;
    private final Roles roles;
    private final Sessions sessions;

    Promotions(
            AccountRepository accounts, SecondFactors factors, LoginPolicies policies, Roles roles, Sessions sessions) {
        this.accounts = accounts;
        this.factors = factors;
        this.policies = policies;
        this.roles = roles;
        this.sessions = sessions;
    }

    /** In the write that gives the account another role; {@link Sessions#forget} is to be called afterwards. */
    void judge(Journal journal, UUID tenantId, Account promoted) {
        if (policies.demandsFactor(tenantId, roles.of(tenantId, promoted.role()))
                && !factors.isConfirmed(tenantId, promoted.id())) {
            sessions.endOthers(journal, tenantId, promoted.id(), Optional.empty(), WHY);
        }
    }

    /** A role that demands no more than before leaves everybody in. */
    @EventListener
    void judge(RoleRewritten role) {
        UUID tenantId = role.tenantId();
        if (policies.demandsFactor(tenantId, role.after()) && !policies.demandsFactor(tenantId, role.before())) {
            accounts.insideWithoutFactor(tenantId, role.after().wire())
                    .forEach(account -> sessions.endOthers(role.journal(), tenantId, account, Optional.empty(), WHY));
        }
    }
}
