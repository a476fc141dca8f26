package dev.apg.server.account;

import dev.apg.contract.account.Account;
import dev.apg.contract.account.FactorSecret;
import dev.apg.server.audit.Logins;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.limit.Attempts;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** The second factor of whoever asks. */
@Service
class OwnFactor {
    static final String FACTOR_REMOVED = "The second factor was removed";
    private static final String WRONG = "second_factor.wrong";

    private final TenantTransactions transactions;
    private final Writes writes;
    private final StandingRepository tenants;
    private final AccountRepository accounts;
    private final SecondFactors factors;
    private final Enrolments enrolments;
    private final LoginPolicies policies;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Attempts attempts;
    private final Letters letters;
    private final Logins logins;

    OwnFactor(
            TenantTransactions transactions,
            Writes writes,
            StandingRepository tenants,
            AccountRepository accounts,
            SecondFactors factors,
            Enrolments enrolments,
            LoginPolicies policies,
            Passwords passwords,
            Sessions sessions,
            Attempts attempts,
            Letters letters,
            Logins logins) {
        this.transactions = transactions;
        this.writes = writes;
        this.tenants = tenants;
        this.accounts = accounts;
        this.factors = factors;
        this.enrolments = enrolments;
        this.policies = policies;
        this.passwords = passwords;
        this.sessions = sessions;
        this.attempts = attempts;
        this.letters = letters;
        this.logins = logins;
    }

    /** Shows a new secret; nothing is asked for until {@link #confirm}. */
    FactorSecret begin(TenantContext context, String currentPassword) {
        passwords.requireCurrent(context, currentPassword);
        UUID tenantId = context.tenantId();
        Account self = self(context);
        return writes.prepare(context, () -> factors.begin(tenantId, tenants.code(tenantId), self.id(), self.email()));
    }

    /** From now on a login needs it; the other sessions, which came in without, end. */
    Written<List<String>> confirm(TenantContext context, Optional<UUID> session, String code) {
        return change(
                context,
                self(context),
                journal -> enrolments.confirm(journal, context, session, code).orElseThrow(OwnFactor::wrong));
    }

    Written<List<String>> renewCodes(TenantContext context, String code) {
        Account self = self(context);
        return change(context, self, journal -> {
            requireRight(factors.prove(context.tenantId(), self.id(), code));
            tell(journal, context, self, "account.codes_renewed", "The recovery codes were replaced");
            return factors.renewCodes(context.tenantId(), self.id());
        });
    }

    /** @throws Rejection 409 {@code second_factor.demanded} */
    Written<List<String>> remove(TenantContext context, String code) {
        Account self = self(context);
        return change(context, self, journal -> {
            if (policies.demandsFactor(context.tenantId(), context.actor().role())) {
                throw Rejection.conflict(
                        "second_factor.demanded",
                        "The tenant demands a second factor of this account (expected: another login policy first).");
            }
            requireRight(factors.prove(context.tenantId(), self.id(), code));
            factors.remove(context.tenantId(), self.id());
            tell(journal, context, self, "account.factor_removed", FACTOR_REMOVED);
            return List.of();
        });
    }

    private interface Work {
        List<String> run(Journal journal);
    }

    private Written<List<String>> change(TenantContext context, Account self, Work work) {
        Attempts.Attempt attempt = attempts.begin(Map.of(Attempts.Kind.PLACE, "own code " + self.id()));
        Written<List<String>> written;
        try {
            written = writes.write(context, work::run);
        } catch (Rejection refused) {
            if (refused.code().equals(WRONG)) {
                logins.failed(context, AccountLogins.ACCOUNT, self.email(), Optional.of(WRONG));
            }
            throw refused;
        }
        attempt.giveBack();
        sessions.forget(context.tenantId());
        return written;
    }

    private void tell(Journal journal, TenantContext context, Account self, String type, String told) {
        journal.record(mutation(type, self));
        letters.warn(context, tenants.code(context.tenantId()), self, told);
    }

    static Mutation mutation(String type, Account of) {
        return new Mutation(type, "account", of.id(), of.email(), Map.of(), Optional.empty(), Optional.empty());
    }

    private static void requireRight(boolean right) {
        if (!right) {
            throw wrong();
        }
    }

    private static Rejection wrong() {
        return Rejection.invalid(WRONG, "code", null, "what the authenticator shows now and was not used before");
    }

    private Account self(TenantContext context) {
        UUID accountId = Sessions.ownAccount(context);
        return transactions
                .read(context.tenantId(), () -> accounts.find(context.tenantId(), accountId))
                .orElseThrow(() -> Rejection.notFound("account", accountId.toString()));
    }
}
