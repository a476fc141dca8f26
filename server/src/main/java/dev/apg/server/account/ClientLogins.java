package dev.apg.server.account;

import dev.apg.contract.account.AccessToken;
import dev.apg.contract.tenant.TenantState;
import dev.apg.server.account.TokenRefused.Reason;
import dev.apg.server.audit.Logins;
import dev.apg.server.limit.RateLimits;
import dev.apg.server.signing.AccessTokens;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantGoneException;
import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Gives clients access tokens. Each is a login, and written down before the client has it. */
@Service
class ClientLogins {
    static final String GRANT_TYPE = "client_credentials";
    private static final String CLIENT = "client";

    private final Callers callers;
    private final AccessTokens tokens;
    private final Logins logins;
    private final Admission admission;
    private final RateLimits limits;

    ClientLogins(Callers callers, AccessTokens tokens, Logins logins, Admission admission, RateLimits limits) {
        this.admission = admission;
        this.limits = limits;
        this.callers = callers;
        this.tokens = tokens;
        this.logins = logins;
    }

    /**
     * @throws TokenRefused if there is no token for this request
     * @throws Rejection 429 {@code rate_limit.exceeded}, if the client, or its tenant, asks too often: each of its tokens leaves
     *     an entry in a log that cannot be emptied
     */
    AccessToken issueAccessToken(
            HttpServletRequest request,
            HttpServletResponse response,
            TokenParameters parameters,
            TokenParameters.Proof proof) {
        ClientId id = ClientId.parse(proof.clientId()).orElseThrow(TokenRefused::client);
        Credentials known = callers.credentials(id.key()).orElseThrow(TokenRefused::client);
        TenantState state = state(id.tenantId());
        boolean proven = ClientSecret.parse(proof.secret())
                .filter(secret -> known.match(secret.hash()))
                .isPresent();
        if (!proven) {
            logins.failed(Caller.unproven(id.tenantId()).context(request), CLIENT, known.label());
            throw TokenRefused.client();
        }
        if (state == TenantState.SUSPENDED) {
            throw TokenRefused.suspended();
        }
        var caller = new Caller(
                id.tenantId(),
                new Actor(
                        id.id(),
                        ActorKind.CLIENT,
                        known.label(),
                        known.authority().role()));
        limits.admit(caller, request, response);
        List<String> scopes = granted(known.authority(), parameters.value("scope"));
        AccessTokens.Made made = tokens.make(id.tenantId(), id.text(), scopes);
        String scope = String.join(" ", scopes);
        logins.succeeded(
                caller.context(request),
                CLIENT,
                known.label(),
                Map.of("token", made.id(), "scope", scope, "expires_at", made.expiresAt()));
        return new AccessToken(made.text(), "Bearer", made.lifetime().toSeconds(), scope, null);
    }

    /** Of a tenant that is gone there are no clients, either. */
    private TenantState state(UUID tenantId) {
        try {
            return admission.state(tenantId);
        } catch (TenantGoneException gone) {
            throw TokenRefused.client();
        }
    }

    private static List<String> granted(Authority authority, Optional<String> requested) {
        if (requested.isEmpty()) {
            return wire(authority::permits);
        }
        List<String> own = wire(authority::admits);
        List<String> wanted = Arrays.stream(requested.get().split(" "))
                .filter(scope -> !scope.isEmpty())
                .distinct()
                .toList();
        if (wanted.isEmpty() || !own.containsAll(wanted)) {
            throw new TokenRefused(
                    Reason.INVALID_SCOPE,
                    own.stream()
                            .collect(Collectors.joining(
                                    " ", "scope names what the client may not do (expected: some of ", ").")));
        }
        return wanted;
    }

    private static List<String> wire(Predicate<Permission> which) {
        return Arrays.stream(Permission.values())
                .filter(which)
                .map(Permission::wire)
                .toList();
    }
}
