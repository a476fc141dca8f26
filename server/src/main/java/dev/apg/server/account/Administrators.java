package dev.apg.server.account;

import dev.apg.contract.account.Account;
import dev.apg.contract.account.AccountState;
import dev.apg.server.tenancy.Role;
import dev.apg.server.web.Rejection;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Whoever may administer a tenant, of whom one has to be left. */
@Component
class Administrators {
    private final AccountRepository accounts;
    private final KnownProviders providers;

    Administrators(AccountRepository accounts, KnownProviders providers) {
        this.accounts = accounts;
        this.providers = providers;
    }

    /**
     * In the write that takes an account away, or what it may do.
     *
     * @param before as it was before that
     * @throws Rejection 409 {@code account.last_administrator}
     */
    void requireOneWithout(UUID tenantId, Account before) {
        if (before.role().equals(Role.TENANT_ADMINISTRATOR.wire())
                && before.state() == AccountState.ACTIVE
                && !accounts.hasAdministrator(tenantId, providers.open(tenantId))) {
            throw Rejection.conflict(
                    "account.last_administrator",
                    "%s is the last who may administer the tenant (expected: another tenant administrator first)"
                            .formatted(before.email()));
        }
    }
}
