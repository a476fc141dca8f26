package dev.apg.contract.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A browser or program in which somebody is logged in.
 *
 * @param current whether it is the one that asks
 * @param userAgent what it said it is
 * @param address from which it came in
 * @param lastSeenAt to the minute
 * @param expiresAt when it ends, however much it is used
 */
public record Session(
        UUID id,
        boolean current,
        @Nullable String userAgent,
        String address,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt) {}
