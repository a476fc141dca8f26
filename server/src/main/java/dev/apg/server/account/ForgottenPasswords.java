package dev.apg.server.account;

import dev.apg.contract.account.Account;
import dev.apg.contract.account.AccountState;
import dev.apg.contract.account.ForgottenPassword;
import dev.apg.server.account.LinkRepository.Purpose;
import dev.apg.server.audit.Logins;
import dev.apg.server.limit.Attempts;
import dev.apg.server.limit.RateLimits;
import dev.apg.server.platform.Ids;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Sends a token to whoever forgot their password. What is done for an account that there is, is done after the answer, which therefore
 * is the same and comes as soon in any case.
 */
@Service
class ForgottenPasswords {
    private static final Logger log = LoggerFactory.getLogger(ForgottenPasswords.class);
    private static final Duration VALID = Duration.ofHours(1);
    private static final int MOST_WAITING = 1_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final TenantTransactions transactions;
    private final StandingRepository tenants;
    private final AccountRepository accounts;
    private final IdentityRepository identities;
    private final LinkRepository links;
    private final Letters letters;
    private final Attempts attempts;
    private final Logins logins;
    private final ThreadPoolExecutor later = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofVirtual().name("forgotten-", 0).factory());

    ForgottenPasswords(
            TenantTransactions transactions,
            StandingRepository tenants,
            AccountRepository accounts,
            IdentityRepository identities,
            LinkRepository links,
            Letters letters,
            Attempts attempts,
            Logins logins) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.accounts = accounts;
        this.identities = identities;
        this.links = links;
        this.letters = letters;
        this.attempts = attempts;
        this.logins = logins;
    }

    /**
     * @throws Rejection 409 {@code mail.not_configured}; 429 {@code login.too_often}, if mails to there were wanted too often from the
     *     same place, or from all where nobody has come in before; 503 {@code login.busy}
     */
    void remind(HttpServletRequest request, ForgottenPassword forgotten) {
        if (!letters.areSent()) {
            throw Rejection.conflict(
                    "mail.not_configured",
                    "This installation sends no mail (expected: to ask who administers the tenant for another invitation).");
        }
        String tenant = forgotten.tenant().toLowerCase(Locale.ROOT);
        count(request, tenant, forgotten.email());
        // All that is needed of the request, which is over when this is done.
        TenantContext stranger = Caller.unproven(new UUID(0, 0)).context(request);
        try {
            later.execute(() -> remind(stranger, tenant, forgotten.email()));
        } catch (RejectedExecutionException full) {
            throw Rejection.unavailable(
                    "login.busy", "Too many people forgot their password at this moment.", RETRY_AFTER);
        }
    }

    private void count(HttpServletRequest request, String tenant, String email) {
        String place = RateLimits.network(request.getRemoteAddr());
        UUID inside = tenants.find(tenant).orElse(AccountLogins.NOWHERE);
        boolean known = transactions
                .read(
                        inside,
                        () -> EmailAddress.parse(email)
                                .flatMap(address -> accounts.findForLogin(inside, address, place)))
                .filter(AccountRepository.Known::isKnownPlace)
                .isPresent();
        String who = tenant + "\n" + email.strip().toLowerCase(Locale.ROOT);
        Map<Attempts.Kind, String> tried = new EnumMap<>(Attempts.Kind.class);
        tried.put(Attempts.Kind.MAIL, who + "\n" + place);
        if (!known) {
            tried.put(Attempts.Kind.MAIL_ANYWHERE, who);
        }
        attempts.begin(tried);
    }

    private void remind(TenantContext stranger, String tenant, String email) {
        try {
            tenants.find(tenant)
                    .ifPresent(tenantId -> EmailAddress.parse(email)
                            .ifPresent(address -> remind(stranger, tenantId, tenant, address)));
        } catch (RuntimeException e) {
            log.warn("A token for a forgotten password could not be made.", e);
        }
    }

    private void remind(TenantContext stranger, UUID tenantId, String tenant, EmailAddress email) {
        Reminded reminded = transactions.write(tenantId, () -> {
            Optional<Account> account = accounts.list(tenantId, Optional.of(email.text()), Optional.empty(), 1).stream()
                    .findFirst();
            Optional<Account> written = account.filter(found -> found.state() != AccountState.DISABLED)
                    // They would come in past their identity provider.
                    .filter(found -> !identities.isOnlyKnownElsewhere(tenantId, found.id()));
            written.ifPresent(found -> {
                SecretText link = SecretText.random(SecretText.Kind.LINK, tenantId, Ids.next());
                Instant expiresAt = Instant.now().plus(VALID);
                // Whoever says it may be a stranger: what an administrator has given the person stays good, and so does
                // the one before.
                links.deleteOlder(tenantId, found.id(), Purpose.REMINDER);
                links.insert(link, found.id(), Purpose.REMINDER, true, expiresAt);
                letters.remind(tenantId, tenant, found, link, expiresAt);
            });
            return new Reminded(account.map(Account::email), written.isPresent());
        });
        var context = new TenantContext(
                tenantId, stranger.actor(), stranger.requestId(), stranger.address(), Optional.empty());
        logins.reminded(context, AccountLogins.ACCOUNT, reminded.email(), reminded.sent());
    }

    /** @param email of the account that there is */
    private record Reminded(Optional<String> email, boolean sent) {}

    @PreDestroy
    void stop() {
        later.shutdownNow();
    }
}
