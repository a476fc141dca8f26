package dev.apg.server.account;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/** What is needed to believe a machine; only of what is not revoked. */
record Credentials(byte[] secretHash, String label, Authority authority, Optional<Instant> expiresAt) {
    boolean match(byte[] hash) {
        return MessageDigest.isEqual(secretHash, hash)
                && (expiresAt.isEmpty() || expiresAt.get().isAfter(Instant.now()));
    }
}
