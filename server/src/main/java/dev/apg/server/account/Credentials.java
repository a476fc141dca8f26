package dev.apg.server.account;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What is needed to believe a machine; only of what is not revoked.
 *
 * @param teams those that it belongs to
 */
record Credentials(byte[] secretHash, String label, Authority authority, Set<UUID> teams, Optional<Instant> expiresAt) {
    boolean match(byte[] hash) {
        return MessageDigest.isEqual(secretHash, hash)
                && (expiresAt.isEmpty() || expiresAt.get().isAfter(Instant.now()));
    }
}
