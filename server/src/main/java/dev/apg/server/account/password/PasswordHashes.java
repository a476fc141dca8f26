package dev.apg.server.account.password;

import dev.apg.server.web.Rejection;
import dev.apg.server.web.TenantSlots;
import dev.apg.server.web.TenantTurns;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id with the parameters that OWASP names. Each takes 19 MiB and all of a processor while it is made, so only few are
 * made at once, one of each tenant, and whoever waits for a turn waits briefly.
 */
@Component
public class PasswordHashes {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;

    /** Takes as long as any other, and no password has it. */
    private static final String NOBODYS =
            "$argon2id$v=19$m=%d,t=%d,p=%d$c29tZSBzYWx0IG9mIG5vYm9keQ$bm9ib2R5IGtub3dzIGEgcGFzc3dvcmQgZm9yIHRoaXM"
                    .formatted(MEMORY_KIB, PASSES, LANES);

    /** Made or waiting. */
    private static final int MOST_OF_TENANT = 64;

    private static final int MOST = 256;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);

    private final TenantSlots places = new TenantSlots(MOST_OF_TENANT, MOST);
    private final TenantTurns turns =
            new TenantTurns(Math.max(2, Runtime.getRuntime().availableProcessors()));

    /** @throws Rejection 503 {@code login.busy} */
    public String hash(UUID tenantId, String password) {
        return inTurn(tenantId, () -> encoder.encode(normalised(password)));
    }

    /**
     * Whether the password is the one of which this is the hash; without one it takes as long to find out that it is not.
     *
     * @param tenantId whose turn it is; one of its own for each tenant that there is not
     * @throws Rejection 503 {@code login.busy}
     */
    public boolean match(UUID tenantId, String password, Optional<String> hash) {
        return inTurn(tenantId, () -> encoder.matches(normalised(password), hash.orElse(NOBODYS)));
    }

    /** The same password typed on another keyboard. */
    private static String normalised(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private <T> T inTurn(UUID tenantId, Supplier<T> work) {
        try (TenantSlots.Slot place = places.take(tenantId).orElseThrow(PasswordHashes::busy);
                TenantTurns.Turn turn = turns.await(tenantId, LONGEST_WAIT).orElseThrow(PasswordHashes::busy)) {
            return work.get();
        }
    }

    private static Rejection busy() {
        return Rejection.unavailable(
                "login.busy", "Too many people log in or change their password at this moment.", RETRY_AFTER);
    }
}
