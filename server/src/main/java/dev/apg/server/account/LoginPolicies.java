package dev.apg.server.account;

import dev.apg.contract.account.FactorDemand;
import dev.apg.contract.account.LoginPolicy;
import dev.apg.contract.account.LoginPolicyChange;
import dev.apg.contract.account.PasswordUse;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.PermissionDeniedException;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Rejection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Of whom a tenant demands a second factor (by default of administrators in production, of nobody elsewhere), and who may come in
 * with a password.
 */
@Service
class LoginPolicies {
    private final TenantTransactions transactions;
    private final Writes writes;
    private final LoginPolicyRepository repository;
    private final AccountRepository accounts;
    private final FactorDemand byDefault;

    LoginPolicies(
            TenantTransactions transactions,
            Writes writes,
            LoginPolicyRepository repository,
            AccountRepository accounts,
            Settings settings) {
        this.transactions = transactions;
        this.writes = writes;
        this.repository = repository;
        this.accounts = accounts;
        this.byDefault =
                settings.stage() == Settings.Stage.PRODUCTION ? FactorDemand.ADMINISTRATORS : FactorDemand.NOBODY;
    }

    /** In the caller's transaction. */
    boolean demandsFactor(UUID tenantId, Role role) {
        return switch (of(tenantId).secondFactor()) {
            case EVERYBODY -> true;
            case ADMINISTRATORS -> administers(role);
            case NOBODY -> false;
        };
    }

    /** Whether somebody of the role may come in with a password; in the caller's transaction. */
    boolean admitsPassword(UUID tenantId, Role role) {
        return switch (of(tenantId).passwords()) {
            case EVERYBODY -> true;
            case ADMINISTRATORS -> administers(role);
        };
    }

    private static boolean administers(Role role) {
        return role.permits(Permission.ACCOUNT_ADMINISTER) || role.permits(Permission.TOKEN_ADMINISTER);
    }

    LoginPolicy show(TenantContext context) {
        return transactions.read(context.tenantId(), () -> of(context.tenantId()));
    }

    /**
     * Whoever is in stays in, it holds from the next login on; but a person's own token is good only for as long as a login of
     * theirs would be.
     *
     * @throws PermissionDeniedException if a second factor is demanded of fewer, and the caller may do less than an administrator
     * @throws Rejection 409 {@code login_policy.no_way_in}, if nobody could administer the tenant without an identity provider
     */
    Written<LoginPolicy> change(TenantContext context, IfMatch ifMatch, LoginPolicyChange change) {
        context.require(Permission.ACCOUNT_ADMINISTER);
        return writes.write(context, journal -> {
            LoginPolicy before = of(context.tenantId());
            ifMatch.check(before.edition());
            FactorDemand demand = change.secondFactor();
            PasswordUse passwords = Objects.requireNonNullElse(change.passwords(), before.passwords());
            if (before.secondFactor() == demand && before.passwords() == passwords && before.edition() > 0) {
                return before;
            }
            if (demand.compareTo(before.secondFactor()) > 0) {
                // Also of whoever may do more than the caller.
                Authority.all(Role.TENANT_ADMINISTRATOR).requireOf(context);
            }
            LoginPolicy after = repository.set(context.tenantId(), demand, passwords);
            requireWayIn(context.tenantId());
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

    /**
     * In a write after which identity providers could be the only way in.
     *
     * @throws Rejection 409 {@code login_policy.no_way_in}, if they are, and nobody else comes in with a password
     */
    void requireWayIn(UUID tenantId) {
        if (of(tenantId).passwords() == PasswordUse.ADMINISTRATORS && !accounts.hasAdministrator(tenantId, Set.of())) {
            throw Rejection.conflict(
                    "login_policy.no_way_in",
                    "passwords: administrators (expected: a tenant administrator who has a password, or a token of the role that lasts a week, first)");
        }
    }

    private LoginPolicy of(UUID tenantId) {
        return repository.find(tenantId).orElseGet(() -> new LoginPolicy(byDefault, PasswordUse.EVERYBODY, 0));
    }
}
