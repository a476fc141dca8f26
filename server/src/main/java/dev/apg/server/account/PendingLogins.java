package dev.apg.server.account;

import dev.apg.server.secret.Signatures;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Logins of whoever has shown their password and not yet their second factor. Nothing is kept of them: they hold a signed text, which
 * another password makes worthless.
 */
@Component
class PendingLogins {
    private static final Duration VALID = Duration.ofMinutes(10);

    private final Signatures signatures;

    PendingLogins(Signatures signatures) {
        this.signatures = signatures;
    }

    /** What the login still lacks. */
    enum Lack {
        SECOND_FACTOR,
        ENROLMENT
    }

    /** Of whom a text says that it is; whether that is true, only {@link #isValid} tells. */
    record Pending(Lack lack, UUID tenantId, UUID accountId, Instant expiresAt, String signature) {
        private static final int PARTS = 5;

        static Optional<Pending> parse(String text) {
            String[] parts = text.split("\\.", -1);
            if (parts.length != PARTS) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Pending(
                        Lack.valueOf(parts[0]),
                        UUID.fromString(parts[1]),
                        UUID.fromString(parts[2]),
                        Instant.ofEpochSecond(Long.parseLong(parts[3])),
                        parts[4]));
            } catch (IllegalArgumentException | DateTimeException malformed) {
                return Optional.empty();
            }
        }

        private String signed(String passwordHash) {
            return "%s.%s.%s.%d %s".formatted(lack, tenantId, accountId, expiresAt.getEpochSecond(), passwordHash);
        }

        String text() {
            return "%s.%s.%s.%d.%s".formatted(lack, tenantId, accountId, expiresAt.getEpochSecond(), signature);
        }
    }

    Pending issue(Lack lack, UUID tenantId, UUID accountId, String passwordHash) {
        var unsigned = new Pending(lack, tenantId, accountId, Instant.now().plus(VALID), "");
        return new Pending(
                lack,
                tenantId,
                accountId,
                unsigned.expiresAt(),
                signatures.sign("login", unsigned.signed(passwordHash)));
    }

    boolean isValid(Pending pending, Lack lack, String passwordHash) {
        return pending.lack() == lack
                && pending.expiresAt().isAfter(Instant.now())
                && signatures.verify("login", pending.signed(passwordHash), pending.signature());
    }
}
