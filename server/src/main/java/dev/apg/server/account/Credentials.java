package dev.apg.server.account;

import dev.apg.server.tenancy.Reach;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What is needed to believe a machine; only of what is not revoked.
 *
 * @param secretHash empty of what has no secret, which no secret matches then
 * @param teams those that it belongs to
 * @param reach which capabilities it may publish; empty: all that the rest leaves
 */
record Credentials(
        byte[] secretHash,
        String label,
        Authority authority,
        Set<UUID> teams,
        Optional<Instant> expiresAt,
        Optional<Reach> reach) {
    boolean match(byte[] hash) {
        return MessageDigest.isEqual(secretHash, hash)
                && (expiresAt.isEmpty() || expiresAt.get().isAfter(Instant.now()));
    }
}
