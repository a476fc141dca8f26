package dev.apg.server.account;

import dev.apg.server.tenancy.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the database keeps to believe a machine by.
 *
 * @param role its code
 */
record StoredCredentials(
        byte[] secretHash,
        String label,
        String role,
        @Nullable List<String> scopes,
        Optional<Instant> expiresAt) {
    /**
     * @param id of the token or client
     * @param now what the role is now
     * @param teams those that it belongs to now
     */
    Credentials with(UUID id, Role now, Set<UUID> teams) {
        return new Credentials(
                id, secretHash, label, Authority.stored(now, scopes), teams, expiresAt, Optional.empty());
    }
}
