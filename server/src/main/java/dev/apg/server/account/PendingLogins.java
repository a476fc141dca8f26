package dev.apg.server.account;

import dev.apg.contract.account.LoginState;
import dev.apg.server.account.Proofs.Proof;
import dev.apg.server.secret.Signatures;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Logins of whoever has shown who they are and not yet their second factor. Nothing is kept of them: they hold a signed text, which
 * another password makes worthless.
 */
@Component
class PendingLogins {
    static final Duration VALID = Duration.ofMinutes(10);

    private static final String PURPOSE = "login";

    private final Signatures signatures;

    PendingLogins(Signatures signatures) {
        this.signatures = signatures;
    }

    /** What the login still lacks. */
    enum Lack {
        SECOND_FACTOR(LoginState.SECOND_FACTOR),
        ENROLMENT(LoginState.ENROLMENT);

        private final LoginState state;

        Lack(LoginState state) {
            this.state = state;
        }

        LoginState state() {
            return state;
        }
    }

    /**
     * Of whom a text says that it is; whether that is true, only {@link #isValid} tells.
     *
     * @param provider the identity provider that said who it is; empty: they showed their password
     */
    record Pending(
            Lack lack, UUID tenantId, UUID accountId, Optional<UUID> provider, Instant expiresAt, String signature) {
        private static final int PARTS = 6;

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
                        parts[3].isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(parts[3])),
                        Instant.ofEpochSecond(Long.parseLong(parts[4])),
                        parts[5]));
            } catch (IllegalArgumentException | DateTimeException malformed) {
                return Optional.empty();
            }
        }

        private String signed(Proof proof) {
            return "%s %s".formatted(said(), proof.text());
        }

        private String said() {
            return "%s.%s.%s.%s.%d"
                    .formatted(
                            lack,
                            tenantId,
                            accountId,
                            provider.map(UUID::toString).orElse(""),
                            expiresAt.getEpochSecond());
        }

        String text() {
            return said() + "." + signature;
        }
    }

    Pending issue(Lack lack, UUID tenantId, UUID accountId, Proof proof) {
        Instant expiresAt = Instant.now().plus(VALID);
        var unsigned = new Pending(lack, tenantId, accountId, proof.provider(), expiresAt, "");
        return new Pending(
                lack,
                tenantId,
                accountId,
                proof.provider(),
                expiresAt,
                signatures.sign(PURPOSE, unsigned.signed(proof)));
    }

    /** @param proof what it takes at present */
    boolean isValid(Pending pending, Lack lack, Proof proof) {
        return pending.lack() == lack
                && pending.expiresAt().isAfter(Instant.now())
                && signatures.verify(PURPOSE, pending.signed(proof), pending.signature());
    }
}
