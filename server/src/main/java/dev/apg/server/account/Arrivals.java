package dev.apg.server.account;

import dev.apg.contract.HiddenCharacters;
import dev.apg.contract.account.Account;
import dev.apg.contract.account.AccountState;
import dev.apg.server.account.IdentityLogins.Identity;
import dev.apg.server.account.IdentityLogins.Terms;
import dev.apg.server.event.Journal;
import dev.apg.server.platform.Ids;
import dev.apg.server.role.Roles;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Whose account it is that somebody comes to by an identity provider, and what becomes of it. */
@Component
class Arrivals {
    /** Accounts that one provider knows. */
    static final int MOST = 100_000;

    private static final int LONGEST_NAME = 100;

    private final StandingRepository tenants;
    private final AccountRepository accounts;
    private final IdentityRepository identities;
    private final Administrators administrators;
    private final Promotions promotions;
    private final Letters letters;
    private final Roles roles;

    Arrivals(
            StandingRepository tenants,
            AccountRepository accounts,
            IdentityRepository identities,
            Administrators administrators,
            Promotions promotions,
            Letters letters,
            Roles roles) {
        this.tenants = tenants;
        this.accounts = accounts;
        this.identities = identities;
        this.administrators = administrators;
        this.promotions = promotions;
        this.letters = letters;
        this.roles = roles;
    }

    /**
     * Whom the provider means, as things are.
     *
     * @throws Rejection 403 {@code sign_on.*}, if no account is theirs
     */
    Arrival recognise(UUID tenantId, Identity identity, Terms terms) {
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
    void settle(Journal journal, TenantContext self, Identity identity, Terms terms, Arrival arrival) {
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
                .orElseThrow(Arrivals::again);
        link(tenantId, identity, created);
        journal.record(AccountService.mutation(
                "account.created",
                Optional.empty(),
                accounts.find(tenantId, made.id()).orElseThrow()));
    }

    private void link(UUID tenantId, Identity identity, Arrival arrival) {
        enabled(accounts.lock(tenantId, arrival.account()).orElseThrow(Arrivals::again));
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
        Account before = accounts.lock(tenantId, arrival.account()).orElseThrow(Arrivals::again);
        if (!terms.follows() || before.role().equals(terms.role())) {
            return;
        }
        roles.hold(tenantId, terms.role());
        Account after = accounts.update(tenantId, enabled(before).id(), before.name(), terms.role(), false);
        administrators.requireOneWithout(tenantId, before);
        journal.record(AccountService.mutation("account.changed", Optional.of(before), after));
        promotions.judge(journal, tenantId, after);
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
