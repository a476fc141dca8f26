package dev.apg.server.account;

import dev.apg.contract.account.Account;
import dev.apg.server.account.PendingLogins.Lack;
import dev.apg.server.account.Proofs.Proof;
import dev.apg.server.audit.Logins;
import dev.apg.server.role.Roles;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.Role;
import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The last step of every login. A login takes minutes, and much can happen to the account, its identity provider and the tenant's
 * policy meanwhile: all that lets somebody in is judged in the transaction that begins the session, and stays as it is until that
 * is committed. What takes a way in away ends the sessions that began by it: a session is among them, or does not begin.
 */
@Component
class ComingIn {
    private final AccountRepository accounts;
    private final KnownProviders providers;
    private final Proofs proofs;
    private final SecondFactors factors;
    private final LoginPolicies policies;
    private final Roles roles;
    private final Sessions sessions;
    private final Logins logins;

    ComingIn(
            AccountRepository accounts,
            KnownProviders providers,
            Proofs proofs,
            SecondFactors factors,
            LoginPolicies policies,
            Roles roles,
            Sessions sessions,
            Logins logins) {
        this.accounts = accounts;
        this.providers = providers;
        this.proofs = proofs;
        this.factors = factors;
        this.policies = policies;
        this.roles = roles;
        this.sessions = sessions;
        this.logins = logins;
    }

    /** An account that somebody may come in to now, as far as they need no second factor. */
    record Admitted(Account account, Role role, Proof proof) {}

    /**
     * In the transaction that begins the session.
     *
     * @throws Rejection 401 {@code login.refused}, 403 {@code login.passwords_off} or 409 {@code sign_on.again}, if they may not
     *     come in any more by what they have shown
     */
    Admitted admit(UUID tenantId, UUID accountId, Proof proof) {
        proof.provider().ifPresent(provider -> providers.hold(tenantId, provider));
        Optional<Account> account = accounts.lock(tenantId, accountId);
        if (account.isEmpty()
                || !proofs.of(tenantId, accountId, proof.provider()).equals(Optional.of(proof))) {
            throw proof.provider().isPresent() ? Arrivals.again() : refused();
        }
        Role role = roles.keep(tenantId, account.get().role());
        if (proof.provider().isEmpty() && !policies.admitsPassword(tenantId, role)) {
            throw Rejection.of(
                    HttpStatus.FORBIDDEN,
                    "login.passwords_off",
                    "Only administrators of the tenant come in with a password (expected: to come in by its identity provider).",
                    List.of());
        }
        return new Admitted(account.get(), role, proof);
    }

    /** What is demanded of somebody beyond what they have shown. */
    Optional<Lack> lack(UUID tenantId, Admitted admitted) {
        if (factors.isConfirmed(tenantId, admitted.account().id())) {
            return Optional.of(Lack.SECOND_FACTOR);
        }
        return policies.demandsFactor(tenantId, admitted.role()) ? Optional.of(Lack.ENROLMENT) : Optional.empty();
    }

    Sessions.Begun begin(HttpServletRequest request, UUID tenantId, Admitted admitted) {
        accounts.noteLogin(tenantId, admitted.account().id());
        return sessions.begin(
                tenantId, admitted.account().id(), admitted.proof().provider(), request);
    }

    /** When the session has begun; fails if that cannot be written down. */
    void note(HttpServletRequest request, UUID tenantId, Admitted admitted, Sessions.Begun begun) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("session", begun.secret().id());
        state.put("expires_at", begun.expiresAt());
        admitted.proof().provider().ifPresent(provider -> state.put("identity_provider", provider));
        logins.succeeded(
                new Caller(
                                tenantId,
                                new Actor(
                                        admitted.account().id(),
                                        ActorKind.ACCOUNT,
                                        admitted.account().name(),
                                        admitted.role()))
                        .context(request),
                AccountLogins.ACCOUNT,
                admitted.account().email(),
                state);
    }

    static Rejection refused() {
        return Rejection.of(
                HttpStatus.UNAUTHORIZED,
                "login.refused",
                "The tenant, the e-mail address, the password or the code is not right, or the account cannot come in.",
                List.of());
    }
}
