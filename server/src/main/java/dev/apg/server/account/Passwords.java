package dev.apg.server.account;

import dev.apg.contract.account.Account;
import dev.apg.contract.account.AccountState;
import dev.apg.server.account.password.PasswordHashes;
import dev.apg.server.account.password.PasswordRules;
import dev.apg.server.audit.Logins;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.limit.Attempts;
import dev.apg.server.role.Roles;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** People choose their passwords. Whoever chooses one is out wherever they were in with the one before. */
@Service
class Passwords {
    private final TenantTransactions transactions;
    private final Writes writes;
    private final StandingRepository tenants;
    private final AccountRepository accounts;
    private final LinkRepository links;
    private final Sessions sessions;
    private final Roles roles;
    private final PasswordRules rules;
    private final PasswordHashes hashes;
    private final Attempts attempts;
    private final Letters letters;
    private final Logins logins;

    Passwords(
            TenantTransactions transactions,
            Writes writes,
            StandingRepository tenants,
            AccountRepository accounts,
            LinkRepository links,
            Sessions sessions,
            Roles roles,
            PasswordRules rules,
            PasswordHashes hashes,
            Attempts attempts,
            Letters letters,
            Logins logins) {
        this.transactions = transactions;
        this.writes = writes;
        this.tenants = tenants;
        this.accounts = accounts;
        this.links = links;
        this.sessions = sessions;
        this.roles = roles;
        this.rules = rules;
        this.hashes = hashes;
        this.attempts = attempts;
        this.letters = letters;
        this.logins = logins;
    }

    /**
     * With a token that somebody was given; it is good once.
     *
     * @throws Rejection 422 {@code link.invalid}, whatever is wrong with it; 422 {@code password.weak} and the like, after which the
     *     token is as good as before
     */
    Written<UUID> choose(HttpServletRequest request, String token, String password) {
        SecretText link = SecretText.parse(SecretText.Kind.LINK, token).orElseThrow(Passwords::invalid);
        UUID tenantId = link.tenantId();
        Account account = transactions
                .read(tenantId, () -> links.find(link).flatMap(found -> accounts.find(tenantId, found.accountId())))
                .filter(found -> found.state() != AccountState.DISABLED)
                .orElseThrow(Passwords::invalid);
        requireGood(tenantId, account, password);
        String hash = hashes.hash(tenantId, password);
        var self = new Actor(
                account.id(),
                ActorKind.ACCOUNT,
                account.name(),
                transactions.read(tenantId, () -> roles.of(tenantId, account.role())));
        return set(new Caller(tenantId, self).context(request), hash, Optional.empty(), journal -> {
            LinkRepository.Link taken = links.take(link).orElseThrow(Passwords::invalid);
            return taken.mailed();
        });
    }

    /**
     * By somebody who is in, and knows the one before.
     *
     * @throws Rejection 422 {@code password.wrong}, {@code password.weak} and the like; 429 {@code login.too_often}
     */
    Written<UUID> change(TenantContext context, Optional<UUID> session, String current, String password) {
        UUID accountId = Sessions.ownAccount(context);
        UUID tenantId = context.tenantId();
        Account account = transactions
                .read(tenantId, () -> accounts.find(tenantId, accountId))
                .orElseThrow(() -> Rejection.notFound("account", accountId.toString()));
        Optional<String> known = requireCurrent(context, current);
        requireGood(tenantId, account, password);
        String hash = hashes.hash(tenantId, password);
        return set(context, hash, session, journal -> {
            if (!accounts.passwordHash(tenantId, accountId).equals(known)) {
                throw Rejection.conflict(
                        "password.changed", "The password was changed meanwhile (expected: the present one)");
            }
            return false;
        });
    }

    /**
     * Has somebody who is in show their password once more.
     *
     * @return its hash
     * @throws Rejection 422 {@code password.wrong}; 429 {@code login.too_often}
     */
    Optional<String> requireCurrent(TenantContext context, String current) {
        UUID accountId = Sessions.ownAccount(context);
        UUID tenantId = context.tenantId();
        Attempts.Attempt attempt = attempts.begin(Map.of(Attempts.Kind.PLACE, "change " + tenantId + accountId));
        Optional<String> known = transactions.read(tenantId, () -> accounts.passwordHash(tenantId, accountId));
        if (!hashes.match(tenantId, current, known)) {
            Rejection wrong = Rejection.invalid(
                    "password.wrong", "current_password", null, "the password that the account has now");
            transactions
                    .read(tenantId, () -> accounts.find(tenantId, accountId))
                    .ifPresent(account ->
                            logins.failed(context, AccountLogins.ACCOUNT, account.email(), Optional.of(wrong.code())));
            throw wrong;
        }
        attempt.giveBack();
        return known;
    }

    private void requireGood(UUID tenantId, Account account, String password) {
        String tenant = transactions.read(tenantId, () -> tenants.code(tenantId));
        rules.require("password", password, List.of(account.email(), account.name(), tenant));
    }

    /** Whether the account's address was shown to be theirs by this; it may refuse. The account is locked. */
    private interface Proof {
        boolean take(Journal journal);
    }

    private Written<UUID> set(TenantContext self, String hash, Optional<UUID> stays, Proof proof) {
        UUID tenantId = self.tenantId();
        UUID accountId = self.actor().id();
        Written<UUID> written = writes.write(self, journal -> {
            // Before what is shown is judged: somebody else may just be choosing another one.
            Account before = accounts.lock(tenantId, accountId)
                    .filter(account -> account.state() != AccountState.DISABLED)
                    .orElseThrow(Passwords::invalid);
            boolean verified = proof.take(journal);
            Account after = accounts.setPassword(tenantId, accountId, hash, verified);
            links.deleteAll(tenantId, accountId);
            journal.record(new Mutation(
                    "account.password_set",
                    "account",
                    accountId,
                    after.email(),
                    Map.of(),
                    Optional.of(before),
                    Optional.of(after)));
            sessions.endOthers(journal, tenantId, accountId, stays, "another password");
            if (before.state() != AccountState.INVITED) {
                letters.warn(self, tenants.code(tenantId), after, "The password was changed");
            }
            return accountId;
        });
        sessions.forget(tenantId);
        return written;
    }

    private static Rejection invalid() {
        return Rejection.invalid(
                "link.invalid",
                "token",
                null,
                "one that was given to you, not older than it may be and not used before");
    }
}
