package dev.apg.server.account;

import dev.apg.contract.account.IssuedToken;
import dev.apg.contract.account.Token;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.platform.Ids;
import dev.apg.server.role.RoleDeletion;
import dev.apg.server.role.Roles;
import dev.apg.server.team.MemberSearch;
import dev.apg.server.team.Teams;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/** Bearer tokens of tenants. */
@Service
public class Accounts {
    /** Every time that RFC 3339 can write, and so every one that clients can read. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final TenantTransactions transactions;
    private final Writes writes;
    private final StandingRepository tenants;
    private final AccessTokenRepository tokens;
    private final LoginPolicies policies;
    private final Roles roles;
    private final Teams teams;

    Accounts(
            TenantTransactions transactions,
            Writes writes,
            StandingRepository tenants,
            AccessTokenRepository tokens,
            LoginPolicies policies,
            Roles roles,
            Teams teams) {
        this.transactions = transactions;
        this.writes = writes;
        this.tenants = tenants;
        this.tokens = tokens;
        this.policies = policies;
        this.roles = roles;
        this.teams = teams;
    }

    /** A token for all that a role may do. */
    public Written<IssuedToken> issueToken(
            TenantContext context, String label, Role role, Optional<Instant> expiresAt) {
        return issueToken(context, label, role.wire(), null, expiresAt);
    }

    /**
     * Makes a token. Its text is in the answer and nowhere else.
     *
     * @param role the code of one of the tenant's roles
     * @param scopes what the token is left with of what the role may do; null: all of it
     * @throws Rejection 422 {@code role.unknown}; 422 {@code scope.unknown} or {@code scope.beyond_role}; 422 {@code token.expired}, if it would be expired already; 422 {@code token.too_long}, if it would
     *     outlast the year 9999; 422 {@code name.reserved}
     */
    Written<IssuedToken> issueToken(
            TenantContext context,
            String label,
            String role,
            @Nullable List<String> scopes,
            Optional<Instant> expiresAt) {
        context.require(Permission.TOKEN_ADMINISTER);
        ReservedNames.refuse("label", label);
        if (expiresAt.isPresent() && !expiresAt.get().isAfter(Instant.now())) {
            throw Rejection.invalid("token.expired", "expires_at", expiresAt.get(), "a time in the future");
        }
        if (expiresAt.isPresent() && expiresAt.get().isAfter(LATEST)) {
            throw Rejection.invalid("token.too_long", "expires_at", expiresAt.get(), "a time until " + LATEST);
        }
        SecretText text = SecretText.random(SecretText.Kind.TOKEN, context.tenantId(), Ids.next());
        return writes.write(context, journal -> {
            Authority authority = Authority.requested(roles.hold(context.tenantId(), role), scopes);
            authority.requireOf(context);
            Token token = tokens.insert(
                    context.tenantId(),
                    text.id(),
                    text.hash(),
                    label,
                    authority,
                    MachineColumns.issuedBy(context),
                    expiresAt);
            journal.record(new Mutation(
                    "token.issued",
                    "token",
                    token.id(),
                    token.label(),
                    Map.of("role", token.role()),
                    Optional.empty(),
                    Optional.of(token)));
            return new IssuedToken(token, text.text());
        });
    }

    /**
     * Revokes a token: here at once, on other nodes as soon as their feed tells them. Revoking it again changes nothing.
     *
     * @throws Rejection 409 {@code login_policy.no_way_in}, of the last that leads in without an identity provider, where one has to
     */
    Written<UUID> revokeToken(TenantContext context, UUID tokenId) {
        context.require(Permission.TOKEN_ADMINISTER);
        return writes.write(context, journal -> {
            revoke(journal, context, tokenId);
            return tokenId;
        });
    }

    /** In the caller's write. */
    void revoke(Journal journal, TenantContext context, UUID tokenId) {
        Optional<Token> revoked = tokens.revoke(context.tenantId(), tokenId);
        revoked.ifPresent(token -> authority(context.tenantId(), token).requireOf(context));
        if (revoked.isEmpty() && !tokens.exists(context.tenantId(), tokenId)) {
            throw Rejection.notFound("token", tokenId.toString());
        }
        revoked.ifPresent(token -> journal.record(new Mutation(
                "token.revoked",
                "token",
                tokenId,
                token.label(),
                Map.of("role", token.role()),
                Optional.empty(),
                Optional.of(token))));
        if (revoked.stream().anyMatch(token -> Authority.isOfAdministrator(token.role(), token.scopes()))) {
            policies.requireWayIn(context.tenantId());
        }
    }

    private Authority authority(UUID tenantId, Token token) {
        return Authority.stored(roles.of(tenantId, token.role()), token.scopes());
    }

    @EventListener
    void tellNames(MemberSearch search) {
        tokens.labels(search.tenantId(), search.sought(ActorKind.TOKEN)).forEach(search::found);
    }

    @EventListener
    void tellHolders(RoleDeletion deletion) {
        tokens.having(deletion.tenantId(), deletion.role()).forEach(label -> deletion.heldBy("the token " + label));
    }

    /** A tenant's tokens, revoked ones included, newest first. */
    record TokenList(List<Token> tokens, long count) {}

    TokenList listTokens(TenantContext context, Optional<UUID> before, int limit) {
        context.require(Permission.TOKEN_ADMINISTER);
        return transactions.read(
                context.tenantId(),
                () -> new TokenList(tokens.list(context.tenantId(), before, limit), tokens.count(context.tenantId())));
    }

    /** The code of a tenant. */
    public String tenantCode(UUID tenantId) {
        return transactions.read(tenantId, () -> tenants.code(tenantId));
    }

    /**
     * Where somebody belongs.
     *
     * @param tenant its code
     * @param teams their codes
     */
    record Home(String tenant, List<String> teams) {}

    Home home(TenantContext context) {
        UUID tenantId = context.tenantId();
        return transactions.read(
                tenantId,
                () -> new Home(
                        tenants.code(tenantId),
                        teams.codes(tenantId, context.actor().teams())));
    }
}
