package dev.apg.server.account;

import dev.apg.contract.account.IssuedPersonalToken;
import dev.apg.contract.account.NewPersonalToken;
import dev.apg.contract.account.PersonalToken;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.platform.Ids;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Tokens that people make for themselves: whoever bears one acts as the person. */
@Service
class PersonalTokens {
    private static final Duration USUAL = Duration.ofDays(90);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MOST = 50;

    private final TenantTransactions transactions;
    private final Writes writes;
    private final PersonalTokenRepository repository;

    PersonalTokens(TenantTransactions transactions, Writes writes, PersonalTokenRepository repository) {
        this.transactions = transactions;
        this.writes = writes;
        this.repository = repository;
    }

    /** Those of whoever asks, expired ones included; a machine has none. */
    List<PersonalToken> list(TenantContext context) {
        return transactions.read(
                context.tenantId(),
                () -> repository.list(context.tenantId(), context.actor().id()));
    }

    /**
     * Makes one. Its text is in the answer and nowhere else.
     *
     * @throws Rejection 409 {@code token.too_many}; 422 {@code token.expired} or {@code token.too_long}; 422 {@code
     *     scope.unknown} or {@code scope.beyond_role}
     */
    Written<IssuedPersonalToken> issue(TenantContext context, NewPersonalToken wanted) {
        UUID account = Sessions.ownAccount(context);
        Instant expiresAt = expiry(Optional.ofNullable(wanted.expiresAt()));
        Authority authority = Authority.requested(context.actor().role(), wanted.scopes());
        SecretText secret = SecretText.random(SecretText.Kind.PERSONAL, context.tenantId(), Ids.next());
        return writes.write(context, journal -> {
            int has = repository.take(context.tenantId(), account);
            if (has >= MOST) {
                throw Rejection.conflict(
                        "token.too_many",
                        "The account has %d tokens (expected: at most %d; revoke one first)".formatted(has, MOST));
            }
            PersonalToken token = repository.insert(secret, account, wanted.label(), authority, expiresAt);
            journal.record(mutation("token.issued", token, Optional.empty(), Optional.of(token)));
            return new IssuedPersonalToken(token, secret.text());
        });
    }

    private static Instant expiry(Optional<Instant> wanted) {
        Instant now = Instant.now();
        Instant expiresAt = wanted.orElseGet(() -> now.plus(USUAL));
        if (!expiresAt.isAfter(now)) {
            throw Rejection.invalid("token.expired", "expires_at", expiresAt, "a time in the future");
        }
        if (expiresAt.isAfter(now.plus(LONGEST))) {
            throw Rejection.invalid(
                    "token.too_long", "expires_at", expiresAt, "a time within %d days".formatted(LONGEST.toDays()));
        }
        return expiresAt;
    }

    /**
     * Revokes one of whoever asks: here at once, on other nodes as soon as their feed tells them.
     *
     * @throws Rejection 404 {@code token.not_found}
     */
    Written<UUID> revoke(TenantContext context, UUID tokenId) {
        UUID account = context.actor().id();
        return writes.write(context, journal -> {
            PersonalToken revoked = repository
                    .delete(context.tenantId(), account, tokenId)
                    .orElseThrow(() -> Rejection.notFound("token", tokenId.toString()));
            journal.record(mutation("token.revoked", revoked, Optional.of(revoked), Optional.empty()));
            return tokenId;
        });
    }

    /** Revokes all of an account's, in the caller's write. */
    void revokeAll(Journal journal, UUID tenantId, UUID accountId) {
        // One that is just being made is among them, or waits and then finds out that it may not be made.
        repository.take(tenantId, accountId);
        repository
                .deleteAll(tenantId, accountId)
                .forEach(token ->
                        journal.record(mutation("token.revoked", token, Optional.of(token), Optional.empty())));
    }

    private static Mutation mutation(
            String type, PersonalToken token, Optional<Object> before, Optional<Object> after) {
        return new Mutation(type, "personal_token", token.id(), token.label(), Map.of(), before, after);
    }
}
