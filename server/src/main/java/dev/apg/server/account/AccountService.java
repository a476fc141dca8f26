package dev.apg.server.account;

import dev.apg.contract.account.Account;
import dev.apg.contract.account.AccountChange;
import dev.apg.contract.account.AccountState;
import dev.apg.contract.account.Invitation;
import dev.apg.contract.account.InvitedAccount;
import dev.apg.contract.account.NewAccount;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.platform.Ids;
import dev.apg.server.role.RoleDeletion;
import dev.apg.server.role.Roles;
import dev.apg.server.team.MemberSearch;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/** The people of a tenant, in the hands of those who administer them. Nobody touches an account that may do more than they. */
@Service
class AccountService {
    private static final Duration INVITATION = Duration.ofDays(7);

    private final TenantTransactions transactions;
    private final Writes writes;
    private final AccountRepository accounts;
    private final LinkRepository links;
    private final Sessions sessions;
    private final Roles roles;
    private final StandingRepository tenants;
    private final Letters letters;
    private final SecondFactors factors;
    private final Administrators administrators;
    private final Promotions promotions;
    private final IssuedByPeople issued;

    AccountService(
            TenantTransactions transactions,
            Writes writes,
            AccountRepository accounts,
            LinkRepository links,
            Sessions sessions,
            Roles roles,
            StandingRepository tenants,
            Letters letters,
            SecondFactors factors,
            Administrators administrators,
            Promotions promotions,
            IssuedByPeople issued) {
        this.transactions = transactions;
        this.writes = writes;
        this.accounts = accounts;
        this.links = links;
        this.sessions = sessions;
        this.roles = roles;
        this.tenants = tenants;
        this.letters = letters;
        this.factors = factors;
        this.administrators = administrators;
        this.promotions = promotions;
        this.issued = issued;
    }

    /**
     * Makes an account, and a token with which its person chooses a password.
     *
     * @throws Rejection 422 {@code email.malformed}, {@code name.reserved}, {@code role.unknown}; 409 {@code account.exists}
     */
    Written<InvitedAccount> invite(TenantContext context, NewAccount wanted) {
        context.require(Permission.ACCOUNT_ADMINISTER);
        EmailAddress email = EmailAddress.require(wanted.email());
        ReservedNames.refuse("name", wanted.name());
        return writes.write(context, journal -> {
            Authority.all(roles.hold(context.tenantId(), wanted.role())).requireOf(context);
            Account account = accounts.insert(context.tenantId(), Ids.next(), email, wanted.name(), wanted.role())
                    .orElseThrow(() -> Rejection.conflict(
                            "account.exists",
                            "email: %s is the address of an account already (expected: that of nobody)"
                                    .formatted(email)));
            journal.record(mutation("account.invited", Optional.empty(), account));
            return new InvitedAccount(account, link(account, context.tenantId()));
        });
    }

    /** Another token for the same person; the one before is not good any more. For somebody who forgot their password, too. */
    Written<InvitedAccount> inviteAgain(TenantContext context, UUID accountId) {
        return writes.write(context, journal -> {
            Account account = ofMine(context, accountId);
            if (account.state() == AccountState.DISABLED) {
                throw Rejection.conflict(
                        "account.disabled",
                        "%s is disabled (expected: to be enabled first)".formatted(account.email()));
            }
            journal.record(mutation("account.invited", Optional.empty(), account));
            return new InvitedAccount(account, link(account, context.tenantId()));
        });
    }

    /** With a mail server the token goes to the person, who by using it shows that the address is theirs. */
    private Invitation link(Account account, UUID tenantId) {
        SecretText link = SecretText.random(SecretText.Kind.LINK, tenantId, Ids.next());
        Instant expiresAt = Instant.now().plus(INVITATION);
        boolean mailed = letters.areSent();
        links.deleteAll(tenantId, account.id());
        links.insert(link, account.id(), LinkRepository.Purpose.PASSWORD, mailed, expiresAt);
        if (mailed) {
            letters.invite(tenantId, tenants.code(tenantId), account, link, expiresAt);
        }
        return new Invitation(mailed ? null : link.text(), expiresAt);
    }

    /**
     * Changes what is given. The answer tells what the person has made that is good, whatever becomes of the account.
     *
     * @throws Rejection 412; 409 {@code account.last_administrator}; 422 {@code name.reserved}
     */
    Written<Account> change(TenantContext context, UUID accountId, IfMatch ifMatch, AccountChange change) {
        context.require(Permission.ACCOUNT_ADMINISTER);
        if (change.name() != null) {
            ReservedNames.refuse("name", change.name());
        }
        Written<Account> written = writes.write(context, journal -> {
            Account before = ofMine(context, accountId);
            ifMatch.check(before.edition());
            String role = Objects.requireNonNullElse(change.role(), before.role());
            Authority.all(roles.hold(context.tenantId(), role)).requireOf(context);
            boolean wasDisabled = before.state() == AccountState.DISABLED;
            boolean disabled = Objects.requireNonNullElse(change.disabled(), wasDisabled);
            String name = Objects.requireNonNullElse(change.name(), before.name());
            if (Boolean.TRUE.equals(change.revokeIssued())) {
                issued.revoke(journal, context, accountId);
            }
            if (disabled == wasDisabled && name.equals(before.name()) && role.equals(before.role())) {
                return issued.show(context, before);
            }
            Account after = accounts.update(context.tenantId(), accountId, name, role, disabled);
            if (disabled != wasDisabled || !role.equals(before.role())) {
                administrators.requireOneWithout(context.tenantId(), before);
            }
            String type =
                    disabled == wasDisabled ? "account.changed" : disabled ? "account.disabled" : "account.enabled";
            journal.record(mutation(type, Optional.of(before), after));
            if (!role.equals(before.role())) {
                promotions.judge(journal, context.tenantId(), after);
            }
            if (disabled) {
                links.deleteAll(context.tenantId(), accountId);
                sessions.endOthers(journal, context.tenantId(), accountId, Optional.empty(), "disabled");
            }
            return issued.show(context, after);
        });
        sessions.forget(context.tenantId());
        return written;
    }

    /**
     * Deletes an account, and all that opens it; what it did stays in the audit log.
     *
     * @param revokeIssued whether the machines go, too, that the person has made
     */
    Written<UUID> remove(TenantContext context, UUID accountId, boolean revokeIssued) {
        context.require(Permission.ACCOUNT_ADMINISTER);
        Written<UUID> written = writes.write(context, journal -> {
            Account before = ofMine(context, accountId);
            if (revokeIssued) {
                issued.revoke(journal, context, accountId);
            }
            accounts.delete(context.tenantId(), accountId);
            administrators.requireOneWithout(context.tenantId(), before);
            journal.record(new Mutation(
                    "account.removed",
                    "account",
                    accountId,
                    before.email(),
                    Map.of("role", before.role()),
                    Optional.of(before),
                    Optional.empty()));
            return accountId;
        });
        sessions.forget(context.tenantId());
        return written;
    }

    /** For somebody whose authenticator and recovery codes are lost; they are out wherever they were in. */
    Written<UUID> resetFactor(TenantContext context, UUID accountId) {
        Written<UUID> written = writes.write(context, journal -> {
            Account account = ofMine(context, accountId);
            if (factors.remove(context.tenantId(), accountId)) {
                journal.record(OwnFactor.mutation("account.factor_removed", account));
                sessions.endOthers(
                        journal, context.tenantId(), accountId, Optional.empty(), "the second factor was removed");
                letters.warn(context, tenants.code(context.tenantId()), account, OwnFactor.FACTOR_REMOVED);
            }
            return accountId;
        });
        sessions.forget(context.tenantId());
        return written;
    }

    /** Ends wherever somebody is in. */
    Written<Integer> endSessions(TenantContext context, UUID accountId) {
        Written<Integer> written = writes.write(context, journal -> {
            ofMine(context, accountId);
            return sessions.endOthers(
                    journal, context.tenantId(), accountId, Optional.empty(), "ended by an administrator");
        });
        sessions.forget(context.tenantId());
        return written;
    }

    /**
     * An account that is to be changed, in the caller's write.
     *
     * @throws Rejection 404 {@code account.not_found}
     */
    private Account ofMine(TenantContext context, UUID accountId) {
        context.require(Permission.ACCOUNT_ADMINISTER);
        Account account = accounts.lock(context.tenantId(), accountId).orElseThrow(() -> notFound(accountId));
        Authority.all(roles.of(context.tenantId(), account.role())).requireOf(context);
        return account;
    }

    private static Rejection notFound(UUID accountId) {
        return Rejection.notFound("account", accountId.toString());
    }

    static Mutation mutation(String type, Optional<Account> before, Account after) {
        return new Mutation(
                type,
                "account",
                after.id(),
                after.email(),
                Map.of("role", after.role()),
                before.map(account -> account),
                Optional.of(after));
    }

    @EventListener
    void tellNames(MemberSearch search) {
        accounts.names(search.tenantId(), search.sought(ActorKind.ACCOUNT)).forEach(search::found);
    }

    @EventListener
    void tellHolders(RoleDeletion deletion) {
        accounts.having(deletion.tenantId(), deletion.role()).forEach(email -> deletion.heldBy("the account " + email));
    }

    /** A page of a tenant's accounts, newest first. */
    record AccountList(List<Account> accounts, long count) {}

    AccountList list(TenantContext context, Optional<String> email, Optional<UUID> before, int limit) {
        context.require(Permission.ACCOUNT_ADMINISTER);
        UUID tenantId = context.tenantId();
        return transactions.read(
                tenantId,
                () -> new AccountList(accounts.list(tenantId, email, before, limit), accounts.count(tenantId, email)));
    }

    Account show(TenantContext context, UUID accountId) {
        context.require(Permission.ACCOUNT_ADMINISTER);
        return transactions.read(
                context.tenantId(),
                () -> issued.show(
                        context, accounts.find(context.tenantId(), accountId).orElseThrow(() -> notFound(accountId))));
    }
}
