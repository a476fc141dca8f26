package dev.apg.server.account;

import dev.apg.contract.account.Account;
import dev.apg.server.mail.Letter;
import dev.apg.server.mail.Mail;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.TenantContext;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What people are written. */
@Component
class Letters {
    private final Mail mail;
    private final String address;

    Letters(Mail mail, Settings settings) {
        this.mail = mail;
        this.address = settings.accessTokens().issuer();
    }

    boolean areSent() {
        return mail.isConfigured();
    }

    /** In the caller's write. */
    void invite(UUID tenantId, String tenant, Account account, SecretText link, Instant expiresAt) {
        send(
                tenantId,
                account,
                "Your account of the tenant %s at APG".formatted(tenant),
                "you were invited to the tenant %s of APG at %s.".formatted(tenant, address),
                link,
                expiresAt);
    }

    /** In the caller's write. */
    void remind(UUID tenantId, String tenant, Account account, SecretText link, Instant expiresAt) {
        send(
                tenantId,
                account,
                "Another password for APG",
                "somebody said that the password of your account of the tenant %s of APG at %s was forgotten. If it was not you, there is nothing to do: the password stays."
                        .formatted(tenant, address),
                link,
                expiresAt);
    }

    /**
     * Tells a person that what they come in with was changed, in the write that changes it; they may not have been who did it.
     *
     * @param what as a sentence begins, "The password was changed"
     */
    void warn(TenantContext by, String tenant, Account account, String what) {
        if (areSent()) {
            mail.send(by.tenantId(), new Letter(account.email(), what + " at APG", """
                            Hello %s,

                            %s for your account of the tenant %s of APG at %s,
                            on %s UTC, by %s%s.

                            If you know of it, there is nothing to do. If not, ask for another password
                            (POST %s/api/auth/password/forgotten), and tell an administrator of the tenant.
                            """.formatted(
                            account.name(),
                            what,
                            tenant,
                            address,
                            minute(),
                            by.actor().id().equals(account.id())
                                    ? "somebody who came in as you"
                                    : by.actor().name(),
                            by.address().map(" from "::concat).orElse(""),
                            address)));
        }
    }

    /** Tells a person that a session of theirs may have been in other hands, in the write that ends it. */
    void warnOfTheft(TenantContext stranger, String tenant, Account account) {
        if (areSent()) {
            mail.send(stranger.tenantId(), new Letter(account.email(), "All sessions were ended at APG", """
                            Hello %s,

                            on %s UTC%s somebody showed a secret of a session of your account of the tenant %s of APG at %s
                            that had been replaced. Somebody may have a copy of your browser's data.
                            All your sessions were ended, and all tokens that you made for yourself revoked.

                            Log in again. If you do not know who that was, choose another password
                            (POST %s/api/v1/me/password), and tell an administrator of the tenant.
                            """.formatted(
                            account.name(),
                            minute(),
                            stranger.address().map(" from "::concat).orElse(""),
                            tenant,
                            address,
                            address)));
        }
    }

    private static String minute() {
        return LocalDateTime.now(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MINUTES)
                .toString()
                .replace('T', ' ');
    }

    private void send(UUID tenantId, Account account, String subject, String why, SecretText link, Instant expiresAt) {
        mail.send(tenantId, new Letter(account.email(), subject, """
                        Hello %s,

                        %s

                        Until %s this token is good once to choose a password with:

                        %s

                        On the command line, `apg account password --url %s` asks for the token and the password.
                        Over HTTP it is POST %s/api/auth/password with "token" and "password" in JSON.
                        """.formatted(
                account.name(), why, expiresAt.truncatedTo(ChronoUnit.MINUTES), link.text(), address, address)));
    }
}
