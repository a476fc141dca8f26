package dev.apg.server.account;

import dev.apg.contract.account.Account;
import dev.apg.contract.account.LoginState;
import dev.apg.server.account.Proofs.Proof;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Writes;
import dev.apg.server.role.Roles;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Lets people in of whom an identity provider of their tenant says who they are. An account belongs to what the provider calls
 * somebody, which never changes hands; an address of mail decides at most once, when it is linked.
 */
@Service
public class IdentityLogins {
    private final TenantTransactions transactions;
    private final Writes writes;
    private final StandingRepository tenants;
    private final Admission admission;
    private final AccountRepository accounts;
    private final IdentityRepository identities;
    private final Arrivals arrivals;
    private final KnownProviders providers;
    private final AccountLogins logins;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final PendingCookie waiting;
    private final Roles roles;

    IdentityLogins(
            TenantTransactions transactions,
            Writes writes,
            StandingRepository tenants,
            Admission admission,
            AccountRepository accounts,
            IdentityRepository identities,
            Arrivals arrivals,
            KnownProviders providers,
            AccountLogins logins,
            Sessions sessions,
            SessionCookie cookie,
            PendingCookie waiting,
            Roles roles) {
        this.transactions = transactions;
        this.writes = writes;
        this.tenants = tenants;
        this.admission = admission;
        this.accounts = accounts;
        this.identities = identities;
        this.arrivals = arrivals;
        this.providers = providers;
        this.logins = logins;
        this.sessions = sessions;
        this.cookie = cookie;
        this.waiting = waiting;
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
        Arrival arrival = transactions.read(tenantId, () -> arrivals.recognise(tenantId, identity, terms));
        if (!arrival.isSettled(terms)) {
            TenantContext self = context(request, tenantId, arrival);
            writes.write(self, journal -> {
                if (!providers.hold(tenantId, identity.providerId()).equals(Optional.of(identity.edition()))) {
                    throw Arrivals.again();
                }
                arrivals.settle(journal, self, identity, terms, arrival);
                return arrival.account();
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
}
