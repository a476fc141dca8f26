package dev.apg.server.account;

import dev.apg.contract.account.Login;
import dev.apg.server.account.password.PasswordHashes;
import dev.apg.server.audit.Logins;
import dev.apg.server.limit.Attempts;
import dev.apg.server.limit.RateLimits;
import dev.apg.server.role.Roles;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * Lets people in. Whoever is refused learns nothing of which tenants and accounts there are, neither from the answer nor from how
 * long it takes; whoever guesses waits longer and longer, without keeping out who has come in from the same place before.
 */
@Service
class AccountLogins {
    private static final String ACCOUNT = "account";

    /** Of no tenant: what is looked up for it takes as long, and is not there. */
    private static final UUID NOWHERE = new UUID(0, 0);

    private final TenantTransactions transactions;
    private final StandingRepository tenants;
    private final Admission admission;
    private final AccountRepository accounts;
    private final PasswordHashes hashes;
    private final Sessions sessions;
    private final Roles roles;
    private final Attempts attempts;
    private final Logins logins;

    AccountLogins(
            TenantTransactions transactions,
            StandingRepository tenants,
            Admission admission,
            AccountRepository accounts,
            PasswordHashes hashes,
            Sessions sessions,
            Roles roles,
            Attempts attempts,
            Logins logins) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.admission = admission;
        this.accounts = accounts;
        this.hashes = hashes;
        this.sessions = sessions;
        this.roles = roles;
        this.attempts = attempts;
        this.logins = logins;
    }

    /**
     * @throws Rejection 401 {@code login.refused}, whatever is wrong; 429 {@code login.too_often}; 403, if the tenant's members may
     *     not come in now
     */
    Sessions.Begun login(HttpServletRequest request, Login login) {
        String place = RateLimits.network(request.getRemoteAddr());
        Optional<EmailAddress> email = EmailAddress.parse(login.email());
        Optional<UUID> tenantId = tenants.find(login.tenant().toLowerCase(Locale.ROOT));
        UUID inside = tenantId.orElse(NOWHERE);
        Optional<AccountRepository.Known> account = transactions.read(
                inside, () -> email.flatMap(address -> accounts.findForLogin(inside, address, place)));
        Attempts.Attempt attempt = begin(login, account, place);
        boolean proven = hashes.match(login.password(), account.flatMap(AccountRepository.Known::passwordHash));
        if (!proven) {
            tenantId.ifPresent(id -> logins.failed(
                    Caller.unproven(id).context(request),
                    ACCOUNT,
                    // People type passwords where their address belongs.
                    email.map(EmailAddress::text).orElse("no address")));
            throw refused();
        }
        attempt.giveBack();
        AccountRepository.Known known = account.orElseThrow();
        admission.require(inside, "GET");
        var caller = new Caller(
                inside,
                new Actor(
                        known.id(),
                        ActorKind.ACCOUNT,
                        known.name(),
                        transactions.read(inside, () -> roles.of(inside, known.role()))));
        // What ends the account or changes its password meanwhile ends sessions: this one must be among them, or not
        // begin.
        Sessions.Begun begun = transactions.write(inside, () -> {
            accounts.lock(inside, known.id());
            if (!accounts.findForLogin(inside, email.orElseThrow(), place)
                    .flatMap(AccountRepository.Known::passwordHash)
                    .equals(known.passwordHash())) {
                throw refused();
            }
            accounts.noteLogin(inside, known.id());
            return sessions.begin(inside, known.id(), request);
        });
        logins.succeeded(
                caller.context(request),
                ACCOUNT,
                known.email(),
                Map.of("session", begun.secret().id(), "expires_at", begun.expiresAt()));
        return begun;
    }

    private Attempts.Attempt begin(Login login, Optional<AccountRepository.Known> account, String place) {
        String who = login.tenant().toLowerCase(Locale.ROOT) + "\n"
                + login.email().strip().toLowerCase(Locale.ROOT);
        Map<Attempts.Kind, String> tried = new EnumMap<>(Attempts.Kind.class);
        tried.put(Attempts.Kind.PLACE, who + "\n" + place);
        if (account.filter(AccountRepository.Known::isKnownPlace).isEmpty()) {
            tried.put(Attempts.Kind.ACCOUNT, who);
        }
        return attempts.begin(tried);
    }

    private static Rejection refused() {
        return Rejection.of(
                HttpStatus.UNAUTHORIZED,
                "login.refused",
                "The tenant, the e-mail address or the password is not right, or the account cannot come in.",
                List.of());
    }
}
