package dev.apg.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.apg.contract.canonical.Digest;
import dev.apg.server.account.AccessTokenRepository.Credentials;
import dev.apg.server.event.AccessTaken;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Caller;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Who bears a token. What the database said is remembered for some polls of the feed, and forgotten as soon as the feed
 * learns that somebody of the tenant lost access; if the feed learns nothing any more, the memory ends by itself.
 */
@Component
class Callers {
    private static final int MOST = 10_000;
    private static final int POLLS = 5;

    /** At most, where only the poll tells what other nodes did; at least, where notifications tell it sooner. */
    private static final Duration BELIEVED = Duration.ofSeconds(5);

    private final TenantTransactions transactions;
    private final AccessTokenRepository tokens;
    private final LastUses uses;
    private final Cache<TokenKey, Credentials> believed;

    /** Counted before anything is forgotten. */
    private final AtomicLong forgotten = new AtomicLong();

    Callers(TenantTransactions transactions, AccessTokenRepository tokens, LastUses uses, Settings settings) {
        this.transactions = transactions;
        this.tokens = tokens;
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
    Optional<Caller> authenticate(String text) {
        return TokenText.parse(text).flatMap(token -> {
            TokenKey key = TokenKey.of(token);
            Optional<Caller> caller = credentials(key)
                    .filter(known -> MessageDigest.isEqual(known.secretHash(), hash(token)))
                    .filter(known -> known.expiresAt().isEmpty()
                            || known.expiresAt().get().isAfter(Instant.now()))
                    .map(known -> new Caller(
                            key.tenantId(), new Actor(key.tokenId(), known.label(), known.role(), known.scopes())));
            caller.ifPresent(bearer -> uses.note(key));
            return caller;
        });
    }

    private Optional<Credentials> credentials(TokenKey key) {
        Credentials known = believed.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        long before = forgotten.get();
        Optional<Credentials> found =
                transactions.read(key.tenantId(), () -> tokens.findCredentials(key.tenantId(), key.tokenId()));
        found.ifPresent(credentials -> believed.put(key, credentials));
        if (forgotten.get() != before) {
            // What was read may be from before the revocation, and was put after it.
            believed.invalidate(key);
        }
        return found;
    }

    /** On the node that revoked it, before the answer says so. */
    void forget(TokenKey key) {
        forgotten.incrementAndGet();
        believed.invalidate(key);
    }

    @EventListener
    void forget(AccessTaken taken) {
        forgotten.incrementAndGet();
        believed.asMap().keySet().removeIf(key -> key.tenantId().equals(taken.tenantId()));
    }

    static byte[] hash(TokenText token) {
        return Digest.of(token.secret()).bytes();
    }
}
