package dev.apg.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.apg.server.event.AccessTaken;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.role.Roles;
import dev.apg.server.signing.AccessTokens;
import dev.apg.server.team.Teams;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Who bears a token. What the database said is remembered for some polls of the feed, and forgotten as soon as this node
 * changed what somebody of the tenant may do, or the feed learns that another one did; if the feed learns nothing any more, the
 * memory ends by itself.
 */
@Component
public class Callers {
    private static final int MOST = 10_000;
    private static final int POLLS = 5;

    /** At most, where only the poll tells what other nodes did; at least, where notifications tell it sooner. */
    private static final Duration BELIEVED = Duration.ofSeconds(5);

    private final TenantTransactions transactions;
    private final AccessTokenRepository tokens;
    private final ClientRepository clients;
    private final Roles roles;
    private final Teams teams;
    private final AccessTokens accessTokens;
    private final LastUses uses;
    private final Cache<CredentialKey, Credentials> believed;

    /** Counted before anything is forgotten. */
    private final AtomicLong forgotten = new AtomicLong();

    Callers(
            TenantTransactions transactions,
            AccessTokenRepository tokens,
            ClientRepository clients,
            Roles roles,
            Teams teams,
            AccessTokens accessTokens,
            LastUses uses,
            Settings settings) {
        this.transactions = transactions;
        this.tokens = tokens;
        this.clients = clients;
        this.roles = roles;
        this.teams = teams;
        this.accessTokens = accessTokens;
        this.uses = uses;
        this.believed = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(belief(settings.feed()))
                .build();
    }

    private static Duration belief(Settings.Feed feed) {
        Duration polls = feed.pollInterval().multipliedBy(POLLS);
        return feed.listen() && polls.compareTo(BELIEVED) > 0 ? polls : BELIEVED;
    }

    /** Empty if the text is no token, or one that is expired or revoked. */
    public Optional<Caller> authenticate(String text) {
        return SecretText.parse(SecretText.Kind.TOKEN, text)
                .map(this::bearer)
                .orElseGet(() -> accessTokens.verify(text).flatMap(this::client));
    }

    private Optional<Caller> bearer(SecretText token) {
        var key = new CredentialKey(CredentialKey.Kind.TOKEN, token.tenantId(), token.id());
        return credentials(key)
                .filter(known -> known.match(token.hash()))
                .map(known -> caller(key, known, known.authority()));
    }

    /** By a signed token of a client that is still there, for what both the token and the client are good for. */
    private Optional<Caller> client(AccessTokens.Verified token) {
        return ClientId.parse(token.subject())
                .filter(client -> client.tenantId().equals(token.tenantId()))
                .flatMap(client -> credentials(client.key()).map(known -> {
                    Authority authority = Authority.stored(known.authority().role(), List.copyOf(token.scopes()));
                    return caller(client.key(), known, authority.within(known.authority()));
                }));
    }

    private Caller caller(CredentialKey key, Credentials known, Authority authority) {
        uses.note(key);
        return new Caller(
                key.tenantId(),
                new Actor(
                        key.id(),
                        key.kind().actor(),
                        known.label(),
                        authority.role(),
                        authority.bound(),
                        known.teams()));
    }

    /** What is known of a token or client that is not revoked. */
    Optional<Credentials> credentials(CredentialKey key) {
        Credentials known = believed.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        long before = forgotten.get();
        Optional<Credentials> found = transactions.read(
                key.tenantId(),
                () -> stored(key)
                        .map(machine -> machine.with(
                                roles.of(key.tenantId(), machine.role()), teams.of(key.tenantId(), key.id()))));
        found.ifPresent(credentials -> believed.put(key, credentials));
        if (forgotten.get() != before) {
            // What was read may be from before the revocation, and was put after it.
            believed.invalidate(key);
        }
        return found;
    }

    private Optional<StoredCredentials> stored(CredentialKey key) {
        return switch (key.kind()) {
            case TOKEN -> tokens.findCredentials(key.tenantId(), key.id());
            case CLIENT -> clients.findCredentials(key.tenantId(), key.id());
            case SESSION -> Optional.empty();
        };
    }

    @EventListener
    void forget(AccessTaken taken) {
        forgotten.incrementAndGet();
        believed.asMap().keySet().removeIf(key -> key.tenantId().equals(taken.tenantId()));
    }
}
