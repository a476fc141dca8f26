package dev.apg.server.mail;

import dev.apg.contract.WireJson;
import dev.apg.server.platform.Ids;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.secret.SecretColumn;
import dev.apg.server.secret.SecretPlace;
import dev.apg.server.secret.Secrets;
import dev.apg.server.tenancy.EveryTenant;
import dev.apg.server.tenancy.TenantTransactions;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Mail is written down in the transaction that it is about and sent when that is committed, by threads of its own: a mail server that
 * is slow or away keeps no request waiting. What it does not take is tried again for a day and a half.
 */
@Component
public class Mail {
    private static final Logger log = LoggerFactory.getLogger(Mail.class);

    /** Longer than one attempt can take: a dozen and more waits for the mail server, each of which is bounded. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    /** It doubles each time. */
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    /** The last one is after a day and a half. */
    private static final int MOST_ATTEMPTS = 11;

    private static final int SENDERS = 2;

    private final MailRepository mails;
    private final TenantTransactions transactions;
    private final EveryTenant tenants;
    private final Secrets secrets;
    private final Optional<MailServer> server;
    private final ExecutorService senders = Executors.newFixedThreadPool(
            SENDERS, Thread.ofVirtual().name("mail-", 0).factory());

    Mail(
            MailRepository mails,
            TenantTransactions transactions,
            EveryTenant tenants,
            Secrets secrets,
            Settings settings) {
        this.mails = mails;
        this.transactions = transactions;
        this.tenants = tenants;
        this.secrets = secrets;
        this.server = settings.mail().map(MailServer::new);
    }

    /** Whether there is a mail server. */
    public boolean isConfigured() {
        return server.isPresent();
    }

    /** Sends a letter when the caller's transaction is committed. */
    public void send(UUID tenantId, Letter letter) {
        UUID mailId = Ids.next();
        mails.insert(
                tenantId, mailId, secrets.seal(place(tenantId, mailId), WireJson.MAPPER.writeValueAsBytes(letter)));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                sendSoon(tenantId);
            }
        });
    }

    private static SecretPlace place(UUID tenantId, UUID mailId) {
        return new SecretPlace(tenantId, SecretColumn.MAIL, mailId);
    }

    private void sendSoon(UUID tenantId) {
        try {
            senders.execute(() -> sendWaiting(tenantId));
        } catch (RejectedExecutionException stopping) {
            log.debug("The node stops; another one sends it.", stopping);
        }
    }

    /** What another node has left, or the mail server did not take. */
    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void sendWaiting() {
        if (isConfigured()) {
            tenants.ids().forEach(this::sendWaiting);
        }
    }

    private void sendWaiting(UUID tenantId) {
        try {
            // One by one: what is claimed and waits for others before it would be claimed by another node meanwhile.
            Optional<MailRepository.Waiting> next = claim(tenantId);
            while (next.isPresent()) {
                send(tenantId, next.get());
                next = claim(tenantId);
            }
        } catch (RuntimeException e) {
            log.warn("Mail of a tenant could not be looked for; it is tried again in a minute. tenant={}", tenantId, e);
        }
    }

    private Optional<MailRepository.Waiting> claim(UUID tenantId) {
        return transactions.write(tenantId, () -> mails.claim(tenantId, LEASE));
    }

    private void send(UUID tenantId, MailRepository.Waiting mail) {
        try {
            Letter letter =
                    WireJson.MAPPER.readValue(secrets.open(place(tenantId, mail.id()), mail.content()), Letter.class);
            server.orElseThrow().send(letter);
        } catch (RuntimeException e) {
            // Whatever it is: a mail that fails in a way that nobody foresaw must not be tried for ever.
            if (mail.attempts() < MOST_ATTEMPTS) {
                transactions.write(tenantId, () -> {
                    mails.postpone(tenantId, mail.id(), FIRST_PAUSE.multipliedBy(1L << (mail.attempts() - 1)));
                    return mail;
                });
                log.warn(
                        "A mail was not taken; it is tried again. tenant={} mail={} attempts={} cause={}",
                        tenantId,
                        mail.id(),
                        mail.attempts(),
                        e.toString());
                return;
            }
            log.error("A mail was never taken and is given up. tenant={} mail={}", tenantId, mail.id(), e);
        }
        transactions.write(tenantId, () -> {
            mails.delete(tenantId, mail.id());
            return mail;
        });
    }

    @PreDestroy
    void stop() {
        senders.shutdownNow();
    }
}
