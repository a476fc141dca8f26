package dev.apg.server.account;

import dev.apg.contract.account.FactorSecret;
import dev.apg.contract.account.Login;
import dev.apg.server.account.AccountRepository.Known;
import dev.apg.server.account.PendingLogins.Lack;
import dev.apg.server.account.PendingLogins.Pending;
import dev.apg.server.account.Proofs.Proof;
import dev.apg.server.account.password.PasswordHashes;
import dev.apg.server.audit.Logins;
import dev.apg.server.limit.Attempts;
import dev.apg.server.limit.RateLimits;
import dev.apg.server.role.Roles;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumMap;
import java.util.LinkedHashMap;
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
    private static final String ACCOUNT = "account";

    /** Of no tenant: what is looked up for it takes as long, and is not there. */
    private static final UUID NOWHERE = new UUID(0, 0);

    private final TenantTransactions transactions;
    private final StandingRepository tenants;
    private final Admission admission;
    private final AccountRepository accounts;
    private final PasswordHashes hashes;
    private final SecondFactors factors;
    private final LoginPolicies policies;
    private final PendingLogins pendings;
    private final Proofs proofs;
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
            SecondFactors factors,
            LoginPolicies policies,
            PendingLogins pendings,
            Proofs proofs,
            Sessions sessions,
            Roles roles,
            Attempts attempts,
            Logins logins) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.admission = admission;
        this.accounts = accounts;
        this.hashes = hashes;
        this.factors = factors;
        this.policies = policies;
        this.pendings = pendings;
        this.proofs = proofs;
        this.sessions = sessions;
        this.roles = roles;
        this.attempts = attempts;
        this.logins = logins;
    }

    /** How far a login has come. */
    sealed interface Outcome {
        record Complete(Sessions.Begun session) implements Outcome {}

        record Incomplete(Pending pending) implements Outcome {}
    }

    /**
     * @throws Rejection 401 {@code login.refused}, whatever is wrong; 429 {@code login.too_often}; 403, if the tenant's members may
     *     not come in now
     */
    Outcome login(HttpServletRequest request, Login login) {
        String place = RateLimits.network(request.getRemoteAddr());
        Optional<EmailAddress> email = EmailAddress.parse(login.email());
        Optional<UUID> tenantId = tenants.find(login.tenant().toLowerCase(Locale.ROOT));
        UUID inside = tenantId.orElse(NOWHERE);
        Optional<Known> account = transactions.read(
                inside, () -> email.flatMap(address -> accounts.findForLogin(inside, address, place)));
        Attempts.Attempt attempt = begin(login, account, place);
        if (!hashes.match(login.password(), account.flatMap(Known::passwordHash))) {
            // People type passwords where their address belongs.
            String target = email.map(EmailAddress::text).orElse("no address");
            tenantId.ifPresent(id -> logins.failed(Caller.unproven(id).context(request), ACCOUNT, target));
            throw refused();
        }
        attempt.giveBack();
        Known known = account.orElseThrow();
        admission.require(inside, "GET");
        if (!transactions.read(inside, () -> policies.admitsPassword(inside, role(inside, known)))) {
            throw Rejection.of(
                    HttpStatus.FORBIDDEN,
                    "login.passwords_off",
                    "Only administrators of the tenant come in with a password (expected: to come in by its identity provider).",
                    List.of());
        }
        var proof = new Proof(Optional.empty(), known.passwordHash().orElseThrow());
        return goOn(request, inside, known, proof, false);
    }

    /** Lets somebody in who has shown who they are, as far as nothing else is demanded of them. */
    Outcome goOn(HttpServletRequest request, UUID tenantId, Known known, Proof proof, boolean factorShown) {
        Optional<Lack> lack = factorShown ? Optional.empty() : transactions.read(tenantId, () -> lack(tenantId, known));
        return lack.isPresent()
                ? new Outcome.Incomplete(pendings.issue(lack.get(), tenantId, known.id(), proof))
                : new Outcome.Complete(comeIn(request, tenantId, known, proof, () -> {}));
    }

    private Optional<Lack> lack(UUID tenantId, Known account) {
        if (factors.isConfirmed(tenantId, account.id())) {
            return Optional.of(Lack.SECOND_FACTOR);
        }
        return policies.demandsFactor(tenantId, role(tenantId, account))
                ? Optional.of(Lack.ENROLMENT)
                : Optional.empty();
    }

    private Role role(UUID tenantId, Known account) {
        return transactions.read(tenantId, () -> roles.of(tenantId, account.role()));
    }

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
        return attempts.begin(tried);
    }

    /**
     * The second step, with a code.
     *
     * @throws Rejection 401 {@code login.refused}; 429 {@code login.too_often}
     */
    Sessions.Begun proveFactor(HttpServletRequest request, String token, String code) {
        Proven proven = proven(request, token, Lack.SECOND_FACTOR);
        return withCode(
                request,
                proven,
                () -> factors.prove(proven.tenantId(), proven.account().id(), code));
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
        UUID accountId = proven.account().id();
        Sessions.Begun session = withCode(request, proven, () -> factors.confirm(tenantId, accountId, code));
        List<String> codes = transactions.write(tenantId, () -> factors.renewCodes(tenantId, accountId));
        return new Enrolled(session, codes);
    }

    /** Somebody who has shown who they are. */
    private record Proven(UUID tenantId, Known account, Proof proof, String place) {}

    private Proven proven(HttpServletRequest request, String token, Lack lack) {
        String place = RateLimits.network(request.getRemoteAddr());
        Pending pending = Pending.parse(token).orElseThrow(AccountLogins::refused);
        UUID tenantId = pending.tenantId();
        Proof proof = transactions
                .read(tenantId, () -> proofs.of(tenantId, pending.accountId(), pending.provider()))
                .filter(present -> pendings.isValid(pending, lack, present))
                .orElseThrow(AccountLogins::refused);
        Known account = transactions
                .read(tenantId, () -> accounts.findForLogin(tenantId, pending.accountId(), place))
                .orElseThrow(AccountLogins::refused);
        admission.require(tenantId, "GET");
        return new Proven(tenantId, account, proof, place);
    }

    private Sessions.Begun withCode(HttpServletRequest request, Proven proven, Supplier<Boolean> isRight) {
        Known account = proven.account();
        Attempts.Attempt attempt = begin("code " + account.id(), Optional.of(account), proven.place());
        try {
            Sessions.Begun begun = comeIn(request, proven.tenantId(), account, proven.proof(), () -> {
                if (!isRight.get()) {
                    throw refused();
                }
            });
            attempt.giveBack();
            return begun;
        } catch (Rejection refused) {
            logins.failed(Caller.unproven(proven.tenantId()).context(request), ACCOUNT, account.email());
            throw refused;
        }
    }

    /**
     * Begins the session.
     *
     * @param check in the same transaction; it throws what keeps them out
     */
    private Sessions.Begun comeIn(HttpServletRequest request, UUID tenantId, Known known, Proof proof, Runnable check) {
        Sessions.Begun begun = transactions.write(tenantId, () -> {
            // What disables the account or changes its password ends its sessions: this one is among them, or does not
            // begin.
            accounts.lock(tenantId, known.id());
            if (!proofs.of(tenantId, known.id(), proof.provider()).equals(Optional.of(proof))) {
                throw refused();
            }
            check.run();
            accounts.noteLogin(tenantId, known.id());
            return sessions.begin(tenantId, known.id(), proof.provider(), request);
        });
        var self = new Actor(known.id(), ActorKind.ACCOUNT, known.name(), role(tenantId, known));
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("session", begun.secret().id());
        state.put("expires_at", begun.expiresAt());
        proof.provider().ifPresent(provider -> state.put("identity_provider", provider));
        logins.succeeded(new Caller(tenantId, self).context(request), ACCOUNT, known.email(), state);
        return begun;
    }

    private static Rejection refused() {
        return Rejection.of(
                HttpStatus.UNAUTHORIZED,
                "login.refused",
                "The tenant, the e-mail address, the password or the code is not right, or the account cannot come in.",
                List.of());
    }
}
