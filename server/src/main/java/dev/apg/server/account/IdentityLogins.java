package dev.apg.server.account;

import dev.apg.contract.HiddenCharacters;
import dev.apg.contract.account.Account;
import dev.apg.contract.account.AccountState;
import dev.apg.contract.account.LoginState;
import dev.apg.server.account.Proofs.Proof;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Writes;
import dev.apg.server.platform.Ids;
import dev.apg.server.role.Roles;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * Lets people in of whom an identity provider of their tenant says who they are. An account belongs to what the provider calls
 * somebody, which never changes hands; an address of mail decides at most once, when it is linked.
 */
@Service
public class IdentityLogins {
    /** Accounts that one provider knows. */
    static final int MOST = 100_000;

    private static final int LONGEST_NAME = 100;

    private final TenantTransactions transactions;
    private final Writes writes;
    private final StandingRepository tenants;
    private final Admission admission;
    private final AccountRepository accounts;
    private final IdentityRepository identities;
    private final KnownProviders providers;
    private final AccountLogins logins;
    private final Administrators administrators;
    private final Promotions promotions;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final PendingCookie waiting;
    private final Letters letters;
    private final Roles roles;

    IdentityLogins(
            TenantTransactions transactions,
            Writes writes,
            StandingRepository tenants,
            Admission admission,
            AccountRepository accounts,
            IdentityRepository identities,
            KnownProviders providers,
            AccountLogins logins,
            Administrators administrators,
            Promotions promotions,
            Sessions sessions,
            SessionCookie cookie,
            PendingCookie waiting,
            Letters letters,
            Roles roles) {
        this.transactions = transactions;
        this.writes = writes;
        this.tenants = tenants;
        this.admission = admission;
        this.accounts = accounts;
        this.identities = identities;
        this.providers = providers;
        this.logins = logins;
        this.administrators = administrators;
        this.promotions = promotions;
        this.sessions = sessions;
        this.cookie = cookie;
        this.waiting = waiting;
        this.letters = letters;
        this.roles = roles;
    }

    /**
     * Whom a provider means.
     *
     * @param edition of the provider's rules by which they are judged
     * @param subject what it calls them, and nobody else ever
     * @param emailVerified whether it says that mail to the address arrives at them
     */
    public record Identity(
            UUID providerId,
            long edition,
            String subject,
            Optional<String> email,
            boolean emailVerified,
            Optional<String> name) {}

    /**
     * What a provider's people may expect.
     *
     * @param role which they have
     * @param follows whether an account that has another role gets this one
     * @param creates whether an account is made for somebody who has none
     * @param links whether somebody gets the account that has their verified address
     * @param secondFactor whether they have shown one to the provider, which counts here
     */
    public record Terms(String role, boolean follows, boolean creates, boolean links, boolean secondFactor) {}

    /** The tenant of this code, if its members may come in now. */
    public Optional<UUID> open(String tenant) {
        return tenants.find(tenant.toLowerCase(Locale.ROOT)).filter(admission::isOpen);
    }

    /**
     * Begins a session, unless a second factor has to be shown here: then the browser holds what the next step takes.
     *
     * @throws Rejection 403 {@code sign_on.*}, if no account is theirs; 409 {@code account.last_administrator}, if the tenant would
     *     lose its last one by the role; 409 {@code sign_on.again}, if the provider or the account was changed meanwhile
     */
    public LoginState comeIn(
            HttpServletRequest request, HttpServletResponse response, UUID tenantId, Identity identity, Terms terms) {
        Arrival arrival = transactions.read(tenantId, () -> recognise(tenantId, identity, terms));
        if (!arrival.isSettled(terms)) {
            TenantContext self = context(request, tenantId, arrival);
            writes.write(self, journal -> {
                if (!providers.hold(tenantId, identity.providerId()).equals(Optional.of(identity.edition()))) {
                    throw again();
                }
                return settle(journal, self, identity, terms, arrival);
            });
            sessions.forget(tenantId);
        }
        Proof proof = Proof.of(identity.providerId(), identity.edition(), identity.subject());
        return switch (logins.goOn(request, tenantId, arrival.account(), proof, terms.secondFactor())) {
            case AccountLogins.Outcome.Complete(Sessions.Begun session) -> {
                cookie.write(response, session.secret());
                yield LoginState.COMPLETE;
            }
            case AccountLogins.Outcome.Incomplete(PendingLogins.Pending pending) -> {
                waiting.write(response, pending);
                yield pending.lack().state();
            }
        };
    }

    /** Who came. */
    private sealed interface Arrival {
        UUID account();

        String name();

        String role();

        /** Somebody whose account is theirs already. */
        record Known(UUID account, String name, String role) implements Arrival {}

        /** Somebody who gets an account that is there. */
        record Linked(UUID account, String name, String role) implements Arrival {}

        record New(UUID account, String name, String role, EmailAddress email) implements Arrival {}

        default boolean isSettled(Terms terms) {
            return this instanceof Known && (!terms.follows() || terms.role().equals(role()));
        }
    }

    private Arrival recognise(UUID tenantId, Identity identity, Terms terms) {
        Optional<Account> own = identities
                .account(tenantId, identity.providerId(), identity.subject())
                .flatMap(account -> accounts.find(tenantId, account));
        if (own.isPresent()) {
            Account account = enabled(own.get());
            return new Arrival.Known(account.id(), account.name(), account.role());
        }
        EmailAddress email = identity.email()
                .flatMap(EmailAddress::parse)
                .orElseThrow(() -> refused(
                        "sign_on.no_address",
                        "The identity provider says no e-mail address that an account could have."));
        Optional<Account> namesake = accounts.find(tenantId, email);
        if (namesake.isPresent()) {
            requireLinkable(tenantId, identity, terms, namesake.get());
            Account account = enabled(namesake.get());
            return new Arrival.Linked(account.id(), account.name(), account.role());
        }
        if (!terms.creates()) {
            throw refused(
                    "sign_on.no_account",
                    "Nobody has made an account for %s (expected: one, by who administers the tenant)."
                            .formatted(email));
        }
        return new Arrival.New(Ids.next(), name(identity, email), terms.role(), email);
    }

    /** An address that another provider has only claimed for its account may be anybody's. */
    private void requireLinkable(UUID tenantId, Identity identity, Terms terms, Account namesake) {
        if (!terms.links()) {
            throw refused(
                    "sign_on.address_taken",
                    "There is an account with the address %s, which this identity provider may not let anybody into."
                            .formatted(namesake.email()));
        }
        if (!identity.emailVerified()
                || namesake.emailVerifiedAt() == null && identities.isKnown(tenantId, namesake.id())) {
            throw refused(
                    "sign_on.address_taken",
                    "There is an account with the address %s, and nobody has shown that it is the same person's (expected: an address that is verified, here and there)."
                            .formatted(namesake.email()));
        }
    }

    private static Account enabled(Account account) {
        if (account.state() == AccountState.DISABLED) {
            throw refused("sign_on.disabled", "The account %s is disabled.".formatted(account.email()));
        }
        return account;
    }

    /** As the provider says it, if people could read it and it is not one of ours. */
    private static String name(Identity identity, EmailAddress email) {
        return identity.name()
                .map(String::strip)
                .filter(name -> !name.isEmpty()
                        && name.length() <= LONGEST_NAME
                        && !HiddenCharacters.isBlank(name)
                        && HiddenCharacters.firstIn(name, false).isEmpty()
                        && !ReservedNames.isTaken(name))
                .orElseGet(() -> email.text()
                        .substring(0, Math.min(LONGEST_NAME, email.text().length())));
    }

    /** Makes, links or changes the account, in a write of it. */
    private UUID settle(Journal journal, TenantContext self, Identity identity, Terms terms, Arrival arrival) {
        UUID tenantId = self.tenantId();
        switch (arrival) {
            case Arrival.New created -> create(journal, tenantId, identity, created);
            case Arrival.Linked linked -> {
                link(tenantId, identity, linked);
                Account account = accounts.find(tenantId, linked.account()).orElseThrow();
                journal.record(AccountService.mutation("account.linked", Optional.empty(), account));
                letters.warn(self, tenants.code(tenantId), account, "An identity provider was made a way in");
                follow(journal, tenantId, terms, linked);
            }
            case Arrival.Known known -> follow(journal, tenantId, terms, known);
        }
        return arrival.account();
    }

    private void create(Journal journal, UUID tenantId, Identity identity, Arrival.New created) {
        if (identities.count(tenantId, identity.providerId()) >= MOST) {
            throw Rejection.conflict(
                    "account.too_many",
                    "The identity provider would know more than %d accounts (expected: at most so many)."
                            .formatted(MOST));
        }
        roles.hold(tenantId, created.role());
        Account made = accounts.insert(tenantId, created.account(), created.email(), created.name(), created.role())
                .orElseThrow(IdentityLogins::again);
        link(tenantId, identity, created);
        journal.record(AccountService.mutation(
                "account.created",
                Optional.empty(),
                accounts.find(tenantId, made.id()).orElseThrow()));
    }

    private void link(UUID tenantId, Identity identity, Arrival arrival) {
        enabled(accounts.lock(tenantId, arrival.account()).orElseThrow(IdentityLogins::again));
        if (!identities.insert(tenantId, identity.providerId(), identity.subject(), arrival.account())) {
            throw refused(
                    "sign_on.address_taken",
                    "The account %s is that of somebody else whom the identity provider knows."
                            .formatted(arrival.name()));
        }
        if (identity.emailVerified()) {
            accounts.noteVerified(tenantId, arrival.account());
        }
    }

    private void follow(Journal journal, UUID tenantId, Terms terms, Arrival arrival) {
        Account before = accounts.lock(tenantId, arrival.account()).orElseThrow(IdentityLogins::again);
        if (!terms.follows() || before.role().equals(terms.role())) {
            return;
        }
        roles.hold(tenantId, terms.role());
        Account after = accounts.update(tenantId, enabled(before).id(), before.name(), terms.role(), false);
        administrators.requireOneWithout(tenantId, before);
        journal.record(AccountService.mutation("account.changed", Optional.of(before), after));
        promotions.judge(journal, tenantId, after);
    }

    /** Ends wherever somebody is in whom a provider still knows and the tenant's rules let in no more. */
    public void shutOut(HttpServletRequest request, UUID tenantId, UUID providerId, String subject, String why) {
        Optional<Account> account = transactions.read(
                tenantId,
                () -> identities.account(tenantId, providerId, subject).flatMap(id -> accounts.find(tenantId, id)));
        account.ifPresent(found -> {
            var arrival = new Arrival.Known(found.id(), found.name(), found.role());
            writes.write(
                    context(request, tenantId, arrival),
                    journal -> sessions.endOthers(journal, tenantId, found.id(), Optional.empty(), why));
            sessions.forget(tenantId);
        });
    }

    /** Ends all sessions that a provider began, in the caller's write; {@link #forget} is to be called afterwards. */
    public void endSessions(Journal journal, UUID tenantId, UUID providerId, String why) {
        sessions.endOf(journal, tenantId, providerId, why);
    }

    public void forget(UUID tenantId) {
        sessions.forget(tenantId);
    }

    /** In the name of who came. */
    private TenantContext context(HttpServletRequest request, UUID tenantId, Arrival arrival) {
        var self = new Actor(
                arrival.account(),
                ActorKind.ACCOUNT,
                arrival.name(),
                transactions.read(tenantId, () -> roles.of(tenantId, arrival.role())));
        return new Caller(tenantId, self).context(request);
    }

    private static Rejection refused(String code, String detail) {
        return Rejection.of(HttpStatus.FORBIDDEN, code, detail, List.of());
    }

    static Rejection again() {
        return Rejection.conflict(
                "sign_on.again",
                "The account or the identity provider was changed at the same moment (expected: to come in once more).");
    }
}
