package dev.apg.server.account;

import dev.apg.contract.account.Session;
import dev.apg.server.event.AccessTaken;
import dev.apg.server.event.EventLog;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Retention;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.limit.RateLimits;
import dev.apg.server.platform.Ids;
import dev.apg.server.platform.config.SessionSettings;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.role.Roles;
import dev.apg.server.team.Teams;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Where people are logged in. */
@Component
class Sessions {
    /** For as long a place from which somebody came in is known. */
    private static final Duration KEPT = Duration.ofDays(90);

    private static final int AT_ONCE = 5_000;
    private static final int LONGEST_AGENT = 200;

    private final TenantTransactions transactions;
    private final Writes writes;
    private final SessionRepository sessions;
    private final PersonalTokens personalTokens;
    private final Roles roles;
    private final Teams teams;
    private final LastUses uses;
    private final Retention retention;
    private final EventLog events;
    private final SessionSettings settings;
    private final Beliefs<LiveSession> beliefs;

    Sessions(
            TenantTransactions transactions,
            Writes writes,
            SessionRepository sessions,
            PersonalTokens personalTokens,
            Roles roles,
            Teams teams,
            LastUses uses,
            Retention retention,
            EventLog events,
            Settings settings) {
        this.transactions = transactions;
        this.writes = writes;
        this.sessions = sessions;
        this.personalTokens = personalTokens;
        this.roles = roles;
        this.teams = teams;
        this.uses = uses;
        this.retention = retention;
        this.events = events;
        this.settings = settings.sessions();
        this.beliefs = new Beliefs<>(settings.feed());
    }

    /** A session that has just begun, with the only text that opens it. */
    record Begun(SecretText secret, Instant expiresAt) {}

    /**
     * Always a new one: what the browser sent is nobody's business here. In the caller's transaction.
     *
     * @param provider the identity provider that said who it is
     */
    Begun begin(UUID tenantId, UUID accountId, Optional<UUID> provider, HttpServletRequest request) {
        SecretText secret = SecretText.random(SecretText.Kind.SESSION, tenantId, Ids.next());
        Instant expiresAt = Instant.now().plus(settings.longest());
        sessions.insert(key(secret), accountId, provider, secret.hash(), origin(request), expiresAt);
        return new Begun(secret, expiresAt);
    }

    private static SessionRepository.Origin origin(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return new SessionRepository.Origin(
                address,
                RateLimits.network(address),
                Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT))
                        .map(agent -> agent.replaceAll("[^\\x20-\\x7e]", "?"))
                        .map(agent -> agent.substring(0, Math.min(LONGEST_AGENT, agent.length()))));
    }

    static CredentialKey key(SecretText secret) {
        return new CredentialKey(CredentialKey.Kind.SESSION, secret.tenantId(), secret.id());
    }

    /**
     * Whose session it is; empty if the text opens none.
     *
     * @param renewed gets the next text, when one is due
     * @param stolen gets the session, if the text is one that was replaced
     */
    Optional<LiveSession> authenticate(String text, Consumer<SecretText> renewed, Consumer<LiveSession> stolen) {
        Optional<SecretText> secret = SecretText.parse(SecretText.Kind.SESSION, text);
        return secret.flatMap(shown -> find(shown).filter(session -> {
            byte[] hash = shown.hash();
            boolean good = switch (session.shown(hash, Instant.now())) {
                case GOOD -> true;
                case DUE -> {
                    rotate(session, shown).ifPresent(renewed);
                    yield true;
                }
                case FIRST -> {
                    confirm(session);
                    yield true;
                }
                case STOLEN -> {
                    stolen.accept(session);
                    yield false;
                }
                case WRONG -> false;
            };
            if (good) {
                uses.note(session.key());
            }
            return good;
        }));
    }

    /** The session that the text still opens; nothing is replaced by asking. */
    Optional<LiveSession> live(String text) {
        return SecretText.parse(SecretText.Kind.SESSION, text)
                .flatMap(shown -> find(shown).filter(session -> isGood(session, shown)));
    }

    private static boolean isGood(LiveSession session, SecretText shown) {
        return switch (session.shown(shown.hash(), Instant.now())) {
            case GOOD, DUE, FIRST -> true;
            case STOLEN, WRONG -> false;
        };
    }

    private Optional<LiveSession> find(SecretText shown) {
        CredentialKey key = key(shown);
        Optional<LiveSession> believed = beliefs.find(key, () -> read(key));
        if (believed.isEmpty() || isGood(believed.get(), shown)) {
            return believed;
        }
        // Another node may have given the next secret out.
        beliefs.forget(key);
        return beliefs.find(key, () -> read(key));
    }

    private Optional<LiveSession> read(CredentialKey key) {
        return transactions.read(key.tenantId(), () -> stored(key));
    }

    /** As the database has it, if it has not ended; in a transaction of the tenant. */
    Optional<LiveSession> stored(CredentialKey key) {
        // Before the rest: what is changed in between is judged anew.
        long accessSeq = events.accessSeq(key.tenantId());
        return sessions.find(
                key,
                accessSeq,
                settings.idle(),
                role -> roles.of(key.tenantId(), role),
                account -> teams.of(key.tenantId(), account));
    }

    private Optional<SecretText> rotate(LiveSession session, SecretText shown) {
        SecretText next = shown.renewed();
        boolean rotated =
                transactions.write(session.key().tenantId(), () -> sessions.rotate(session, shown.hash(), next.hash()));
        beliefs.forget(session.key());
        return rotated ? Optional.of(next) : Optional.empty();
    }

    private void confirm(LiveSession session) {
        transactions.write(session.key().tenantId(), () -> {
            sessions.confirm(session);
            return session;
        });
        beliefs.forget(session.key());
    }

    /** Those of whoever asks; a machine has none. */
    List<Session> listOwn(TenantContext context, Optional<UUID> current) {
        return transactions.read(
                context.tenantId(),
                () -> sessions.list(context.tenantId(), context.actor().id(), settings.idle(), current));
    }

    /**
     * Ends one of whoever asks.
     *
     * @throws Rejection 404 {@code session.not_found}
     */
    Written<Boolean> endOwn(TenantContext context, UUID sessionId) {
        Written<Boolean> written = end(context, context.actor().id(), sessionId, "ended by the person");
        if (!written.value()) {
            throw Rejection.notFound("session", sessionId.toString());
        }
        return written;
    }

    Written<Integer> endOwnOthers(TenantContext context, Optional<UUID> but) {
        Written<Integer> written = writes.write(
                context,
                journal ->
                        endOthers(journal, context.tenantId(), context.actor().id(), but, "ended by the person"));
        forget(context.tenantId());
        return written;
    }

    /** @throws Rejection 403 {@code account.required}, if there is none to end */
    Written<Boolean> logOut(TenantContext context, Optional<LiveSession> session) {
        ownAccount(context);
        LiveSession live = session.orElseThrow(() -> noAccount(context));
        return end(context, live.accountId(), live.key().id(), "logged out");
    }

    /** Ends one of an account's: here at once, on other nodes as soon as their feed tells them; whether there was such a one. */
    private Written<Boolean> end(TenantContext context, UUID accountId, UUID sessionId, String why) {
        Written<Boolean> written = writes.write(context, journal -> {
            Optional<SessionRepository.Ended> ended = sessions.end(context.tenantId(), accountId, sessionId);
            ended.ifPresent(session -> record(journal, session, why));
            return ended.isPresent();
        });
        beliefs.forget(new CredentialKey(CredentialKey.Kind.SESSION, context.tenantId(), sessionId));
        return written;
    }

    /** Ends all of an account's but for one, and revokes its tokens, in the caller's write; {@link #forget} is to be called afterwards. */
    int endOthers(Journal journal, UUID tenantId, UUID accountId, Optional<UUID> but, String why) {
        personalTokens.revokeAll(journal, tenantId, accountId);
        List<SessionRepository.Ended> ended = sessions.endOthers(tenantId, accountId, but);
        ended.forEach(session -> record(journal, session, why));
        return ended.size();
    }

    /** Ends all that an identity provider began, in the caller's write; {@link #forget} is to be called afterwards. */
    void endOf(Journal journal, UUID tenantId, UUID providerId, String why) {
        sessions.endOf(tenantId, providerId).forEach(session -> record(journal, session, why));
    }

    private static void record(Journal journal, SessionRepository.Ended ended, String why) {
        journal.record(new Mutation(
                "session.ended",
                "session",
                ended.id(),
                ended.email(),
                Map.of(),
                Optional.empty(),
                Optional.of(Map.of("why", why))));
    }

    void forget(UUID tenantId) {
        beliefs.forget(tenantId);
    }

    @EventListener
    void forget(AccessTaken taken) {
        beliefs.forget(taken.tenantId());
    }

    @Scheduled(fixedDelay = 6, initialDelay = 1, timeUnit = TimeUnit.HOURS)
    void deleteOld() {
        retention.delete(
                "sessions",
                AT_ONCE,
                tenantId -> transactions.write(tenantId, () -> sessions.deleteOldest(tenantId, KEPT, AT_ONCE)));
    }

    /** @throws Rejection 403 {@code account.required}, if whoever asks is no person */
    static UUID ownAccount(TenantContext context) {
        return switch (context.actor().kind()) {
            case ACCOUNT -> context.actor().id();
            case TOKEN, CLIENT, PIPELINE, PLATFORM, STRANGER -> throw noAccount(context);
        };
    }

    private static Rejection noAccount(TenantContext context) {
        return Rejection.of(
                HttpStatus.FORBIDDEN,
                "account.required",
                "%s is no account (expected: a person who is logged in)"
                        .formatted(context.actor().name()),
                List.of());
    }
}
