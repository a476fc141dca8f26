package dev.apg.server.account;

import dev.apg.server.tenancy.Reach;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What is needed to believe a machine, or a person by a token; only of what is not revoked.
 *
 * @param actor the id by which it acts: its own, or of whoever made it for themselves
 * @param secretHash empty of what has no secret, which no secret matches then
 * @param label how it is called, or that person
 * @param teams those that it belongs to
 * @param reach which capabilities it may publish; empty: all that the rest leaves
 */
record Credentials(
        UUID actor,
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
