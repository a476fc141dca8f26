package dev.apg.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.apg.contract.account.IssuedToken;
import dev.apg.contract.account.Token;
import dev.apg.contract.canonical.Digest;
import dev.apg.server.account.AccessTokenRepository.Credentials;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.platform.Ids;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Service;

/** Tenants and their bearer tokens. */
@Service
public class Accounts {
    /** How long another node may still believe a token that was revoked here. */
    private static final Duration BELIEVED = Duration.ofSeconds(5);

    /** Every time that RFC 3339 can write, and so every one that clients can read. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final TenantTransactions transactions;
    private final Writes writes;
    private final TenantRepository tenants;
    private final AccessTokenRepository tokens;
    private final Cache<TokenKey, Credentials> believed =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(BELIEVED).build();

    /** Counted before a revoked token is forgotten. */
    private final AtomicLong revocations = new AtomicLong();

    /** With the tenant: a bearer could write another tenant's id before their own token's id and secret. */
    private record TokenKey(UUID tenantId, UUID tokenId) {}

    Accounts(TenantTransactions transactions, Writes writes, TenantRepository tenants, AccessTokenRepository tokens) {
        this.transactions = transactions;
        this.writes = writes;
        this.tenants = tenants;
        this.tokens = tokens;
    }

    /**
     * Makes a tenant.
     *
     * @param code in the spelling of a name, and not in use: a name that another tenant has fails on the constraint
     */
    public UUID createTenant(String code, String name) {
        UUID tenantId = Ids.next();
        ensureTenant(tenantId, code, name);
        return tenantId;
    }

    /** In the name of the tenant itself: who else there is, it does not know yet. */
    void ensureTenant(UUID tenantId, String code, String name) {
        var nobody = new Actor(tenantId, "apg", Role.TENANT_ADMINISTRATOR);
        var context = new TenantContext(tenantId, nobody, "start", Optional.empty(), Optional.empty());
        writes.write(context, journal -> {
            if (tenants.insertIfAbsent(tenantId, code, name)) {
                journal.record(new Mutation(
                        "tenant.created",
                        "tenant",
                        tenantId,
                        code,
                        Map.of(),
                        Optional.empty(),
                        Optional.of(Map.of("name", name))));
            }
            return tenantId;
        });
    }

    /**
     * Makes a token. Its text is in the answer and nowhere else.
     *
     * @throws Rejection 422 {@code token.expired}, if it would be expired already; 422 {@code token.too_long}, if it would
     *     outlast the year 9999
     */
    public Written<IssuedToken> issueToken(
            TenantContext context, String label, Role role, Optional<Instant> expiresAt) {
        context.require(Permission.TOKEN_ADMINISTER);
        if (expiresAt.isPresent() && !expiresAt.get().isAfter(Instant.now())) {
            throw Rejection.invalid("token.expired", "expires_at", expiresAt.get(), "a time in the future");
        }
        if (expiresAt.isPresent() && expiresAt.get().isAfter(LATEST)) {
            throw Rejection.invalid("token.too_long", "expires_at", expiresAt.get(), "a time until " + LATEST);
        }
        TokenText text = TokenText.random(context.tenantId(), Ids.next());
        return writes.write(context, journal -> {
            Token token = tokens.insert(context.tenantId(), text.tokenId(), hash(text), label, role, expiresAt);
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

    /** Revokes a token: here at once, on other nodes within seconds. Revoking it again changes nothing. */
    Written<UUID> revokeToken(TenantContext context, UUID tokenId) {
        context.require(Permission.TOKEN_ADMINISTER);
        Written<UUID> written = writes.write(context, journal -> {
            Optional<Token> revoked = tokens.revoke(context.tenantId(), tokenId);
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
            return tokenId;
        });
        revocations.incrementAndGet();
        believed.invalidate(new TokenKey(context.tenantId(), tokenId));
        return written;
    }

    /** A tenant's tokens, revoked ones included, newest first. */
    record TokenList(List<Token> tokens, long count) {}

    TokenList listTokens(TenantContext context, Optional<UUID> before, int limit) {
        context.require(Permission.TOKEN_ADMINISTER);
        return transactions.read(
                context.tenantId(),
                () -> new TokenList(tokens.list(context.tenantId(), before, limit), tokens.count(context.tenantId())));
    }

    String tenantCode(TenantContext context) {
        return transactions.read(context.tenantId(), () -> tenants.code(context.tenantId()));
    }

    /** Who bears this token; empty if it is none, expired or revoked. */
    Optional<Caller> authenticate(String text) {
        return TokenText.parse(text)
                .flatMap(token -> credentials(token)
                        .filter(known -> MessageDigest.isEqual(known.secretHash(), hash(token)))
                        .filter(known -> known.expiresAt().isEmpty()
                                || known.expiresAt().get().isAfter(Instant.now()))
                        .map(known ->
                                new Caller(token.tenantId(), new Actor(token.tokenId(), known.label(), known.role()))));
    }

    private Optional<Credentials> credentials(TokenText token) {
        var key = new TokenKey(token.tenantId(), token.tokenId());
        Credentials known = believed.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        long before = revocations.get();
        Optional<Credentials> found =
                transactions.read(token.tenantId(), () -> tokens.findCredentials(token.tenantId(), token.tokenId()));
        found.ifPresent(credentials -> believed.put(key, credentials));
        if (revocations.get() != before) {
            // What was read may be from before the revocation, and was put after it.
            believed.invalidate(key);
        }
        return found;
    }

    private static byte[] hash(TokenText token) {
        return Digest.of(token.secret()).bytes();
    }
}
