package dev.apg.server.account;

import dev.apg.contract.account.FactorSecret;
import dev.apg.contract.account.Login;
import dev.apg.server.account.AccountRepository.Known;
import dev.apg.server.account.ComingIn.Admitted;
import dev.apg.server.account.PendingLogins.Lack;
import dev.apg.server.account.PendingLogins.Pending;
import dev.apg.server.account.Proofs.Proof;
import dev.apg.server.account.password.PasswordHashes;
import dev.apg.server.audit.Logins;
import dev.apg.server.event.Writes;
import dev.apg.server.limit.Attempts;
import dev.apg.server.limit.RateLimits;
import dev.apg.server.role.Roles;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * Lets people in. Whoever is refused learns nothing of which tenants and accounts there are, neither from the answer nor from how
 * long it takes; whoever guesses waits longer and longer, without keeping out who has come in from the same place before.
 */
@Service
class AccountLogins {
    static final String ACCOUNT = "account";

    /** Of no tenant: what is looked up for it takes as long, and is not there. */
    static final UUID NOWHERE = new UUID(0, 0);

    private final TenantTransactions transactions;
    private final Writes writes;
    private final StandingRepository tenants;
    private final Admission admission;
    private final AccountRepository accounts;
    private final PasswordHashes hashes;
    private final SecondFactors factors;
    private final Enrolments enrolments;
    private final PendingLogins pendings;
    private final Proofs proofs;
    private final ComingIn comingIn;
    private final Sessions sessions;
    private final Roles roles;
    private final Attempts attempts;
    private final RateLimits limits;
    private final Logins logins;

    AccountLogins(
            TenantTransactions transactions,
            Writes writes,
            StandingRepository tenants,
            Admission admission,
            AccountRepository accounts,
            PasswordHashes hashes,
            SecondFactors factors,
            Enrolments enrolments,
            PendingLogins pendings,
            Proofs proofs,
            ComingIn comingIn,
            Sessions sessions,
            Roles roles,
            Attempts attempts,
            RateLimits limits,
            Logins logins) {
        this.transactions = transactions;
        this.writes = writes;
        this.tenants = tenants;
        this.admission = admission;
        this.accounts = accounts;
        this.hashes = hashes;
        this.factors = factors;
        this.enrolments = enrolments;
        this.pendings = pendings;
        this.proofs = proofs;
        this.comingIn = comingIn;
        this.sessions = sessions;
        this.roles = roles;
        this.attempts = attempts;
        this.limits = limits;
        this.logins = logins;
    }

    /** How far a login has come. */
    sealed interface Outcome {
        record Complete(Sessions.Begun session) implements Outcome {}

        record Incomplete(Pending pending) implements Outcome {}
    }

    /**
     * @throws Rejection 401 {@code login.refused}, whatever is wrong; 429 {@code login.too_often}; 429 {@code rate_limit.exceeded}, if
     *     the account, or its tenant, asks too often; 403, if the tenant's members may not come in now, or not with a password
     */
    Outcome login(HttpServletRequest request, HttpServletResponse response, Login login) {
        String place = RateLimits.network(request.getRemoteAddr());
        Optional<EmailAddress> email = EmailAddress.parse(login.email());
        Optional<UUID> tenantId = tenants.find(login.tenant().toLowerCase(Locale.ROOT));
        UUID inside = tenantId.orElse(NOWHERE);
        Optional<Known> account = transactions.read(
                inside, () -> email.flatMap(address -> accounts.findForLogin(inside, address, place)));
        Attempts.Attempt attempt = begin(login, account, place);
        UUID turn = tenantId.orElseGet(() -> nameless(login.tenant()));
        if (!hashes.match(turn, login.password(), account.flatMap(Known::passwordHash))) {
            tenantId.ifPresent(
                    id -> logins.guessed(Caller.unproven(id).context(request), ACCOUNT, account.map(Known::email)));
            throw ComingIn.refused();
        }
        attempt.giveBack();
        Known known = account.orElseThrow();
        return noting(request, inside, known, () -> goOn(request, response, inside, known));
    }

    private Outcome goOn(HttpServletRequest request, HttpServletResponse response, UUID inside, Known known) {
        admission.requireOpen(inside);
        // Who has the password and not the second factor must not use up what its owner may ask.
        if (!transactions.read(inside, () -> factors.isConfirmed(inside, known.id()))) {
            limits.admit(caller(inside, known), request, response);
        }
        var proof = new Proof(Optional.empty(), known.passwordHash().orElseThrow());
        return goOn(request, inside, known.id(), proof, false);
    }

    /** Has it written down if somebody may not come in although all that they have shown is right. */
    private <T> T noting(HttpServletRequest request, UUID tenantId, Known account, Supplier<T> work) {
        try {
            return work.get();
        } catch (Rejection refused) {
            if (refused.status() == HttpStatus.FORBIDDEN) {
                logins.failed(
                        Caller.unproven(tenantId).context(request),
                        ACCOUNT,
                        account.email(),
                        Optional.of(refused.code()));
            }
            throw refused;
        }
    }

    /** What waits for a tenant that there is not waits for nobody else: how long it takes tells nothing. */
    private static UUID nameless(String tenant) {
        return UUID.nameUUIDFromBytes(tenant.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    /** Lets somebody in who has shown who they are, as far as nothing else is demanded of them. */
    Outcome goOn(HttpServletRequest request, UUID tenantId, UUID accountId, Proof proof, boolean factorShown) {
        Reached reached = transactions.write(tenantId, () -> {
            Admitted admitted = comingIn.admit(tenantId, accountId, proof);
            Outcome outcome = (factorShown ? Optional.<Lack>empty() : comingIn.lack(tenantId, admitted))
                    .<Outcome>map(lack -> new Outcome.Incomplete(pendings.issue(lack, tenantId, accountId, proof)))
                    .orElseGet(() -> new Outcome.Complete(comingIn.begin(request, tenantId, admitted)));
            return new Reached(admitted, outcome);
        });
        if (reached.outcome() instanceof Outcome.Complete(Sessions.Begun session)) {
            comingIn.note(request, tenantId, reached.admitted(), session);
        }
        return reached.outcome();
    }

    private record Reached(Admitted admitted, Outcome outcome) {}

    private Attempts.Attempt begin(Login login, Optional<Known> account, String place) {
        String who = login.tenant().toLowerCase(Locale.ROOT) + "\n"
                + login.email().strip().toLowerCase(Locale.ROOT);
        return begin(who, account, place);
    }

    private Attempts.Attempt begin(String who, Optional<Known> account, String place) {
        Map<Attempts.Kind, String> tried = new EnumMap<>(Attempts.Kind.class);
        tried.put(Attempts.Kind.PLACE, who + "\n" + place);
        if (account.filter(Known::isKnownPlace).isEmpty()) {
            tried.put(Attempts.Kind.ACCOUNT, who);
        }
        tried.put(Attempts.Kind.LOGIN, who + "\n" + place);
        return attempts.begin(tried);
    }

    /**
     * The second step, with a code.
     *
     * @throws Rejection 401 {@code login.refused}; 429 {@code login.too_often}
     */
    Sessions.Begun proveFactor(HttpServletRequest request, String token, String code) {
        Proven proven = proven(request, token, Lack.SECOND_FACTOR);
        UUID tenantId = proven.tenantId();
        return withCode(
                        request,
                        proven,
                        () -> transactions.write(tenantId, () -> {
                            Admitted admitted =
                                    comingIn.admit(tenantId, proven.account().id(), proven.proof());
                            if (!factors.prove(tenantId, admitted.account().id(), code)) {
                                throw ComingIn.refused();
                            }
                            return new Entered(admitted, comingIn.begin(request, tenantId, admitted), List.of());
                        }))
                .session();
    }

    /** For an account of which a second factor is demanded and that has none. */
    FactorSecret enrol(HttpServletRequest request, String token) {
        Proven proven = proven(request, token, Lack.ENROLMENT);
        UUID tenantId = proven.tenantId();
        Known account = proven.account();
        return transactions.write(
                tenantId, () -> factors.begin(tenantId, tenants.code(tenantId), account.id(), account.email()));
    }

    /** A session of an account that has a second factor from now on. */
    record Enrolled(Sessions.Begun session, List<String> recoveryCodes) {}

    Enrolled confirm(HttpServletRequest request, String token, String code) {
        Proven proven = proven(request, token, Lack.ENROLMENT);
        UUID tenantId = proven.tenantId();
        TenantContext self = self(request, proven);
        Entered entered = withCode(
                request,
                proven,
                () -> writes.write(self, journal -> {
                            Admitted admitted =
                                    comingIn.admit(tenantId, proven.account().id(), proven.proof());
                            List<String> codes = enrolments
                                    .confirm(journal, self, Optional.empty(), code)
                                    .orElseThrow(ComingIn::refused);
                            return new Entered(admitted, comingIn.begin(request, tenantId, admitted), codes);
                        })
                        .value());
        sessions.forget(tenantId);
        return new Enrolled(entered.session(), entered.recoveryCodes());
    }

    private TenantContext self(HttpServletRequest request, Proven proven) {
        return caller(proven.tenantId(), proven.account()).context(request);
    }

    private Caller caller(UUID tenantId, Known account) {
        Role role = transactions.read(tenantId, () -> roles.of(tenantId, account.role()));
        return new Caller(tenantId, new Actor(account.id(), ActorKind.ACCOUNT, account.name(), role));
    }

    /** Somebody who has just come in. */
    private record Entered(Admitted admitted, Sessions.Begun session, List<String> recoveryCodes) {}

    /** Somebody who has shown who they are. */
    private record Proven(UUID tenantId, Known account, Proof proof, String place) {}

    private Proven proven(HttpServletRequest request, String token, Lack lack) {
        String place = RateLimits.network(request.getRemoteAddr());
        Pending pending = Pending.parse(token).orElseThrow(ComingIn::refused);
        UUID tenantId = pending.tenantId();
        Proof proof = transactions
                .read(tenantId, () -> proofs.of(tenantId, pending.accountId(), pending.provider()))
                .filter(present -> pendings.isValid(pending, lack, present))
                .orElseThrow(ComingIn::refused);
        Known account = transactions
                .read(tenantId, () -> accounts.findForLogin(tenantId, pending.accountId(), place))
                .orElseThrow(ComingIn::refused);
        noting(request, tenantId, account, () -> {
            admission.requireOpen(tenantId);
            return account;
        });
        return new Proven(tenantId, account, proof, place);
    }

    private Entered withCode(HttpServletRequest request, Proven proven, Supplier<Entered> work) {
        Known account = proven.account();
        Attempts.Attempt attempt = begin("code " + account.id(), Optional.of(account), proven.place());
        try {
            Entered entered = work.get();
            attempt.giveBack();
            comingIn.note(request, proven.tenantId(), entered.admitted(), entered.session());
            return entered;
        } catch (Rejection refused) {
            // login.refused says no more than that it failed.
            Optional<String> why = Optional.of(refused.code()).filter(code -> refused.status() == HttpStatus.FORBIDDEN);
            logins.failed(Caller.unproven(proven.tenantId()).context(request), ACCOUNT, account.email(), why);
            throw refused;
        }
    }
}
