package dev.apg.contract.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person of a tenant.
 *
 * @param email in lower case; no two accounts of a tenant have the same
 * @param emailVerifiedAt absent: nobody has shown yet that mail to it arrives there
 * @param lastLoginAt absent: never
 * @param edition counts the changes; what {@code If-Match} takes
 * @param issued the tokens, clients and pipelines that the person has made and that are good, whatever becomes of the account; absent in
 *     lists, and for who may not list them
 */
public record Account(
        UUID id,
        String email,
        String name,
        String role,
        AccountState state,
        @Nullable Instant emailVerifiedAt,
        Instant createdAt,
        @Nullable Instant lastLoginAt,
        long edition,
        @Nullable IssuedMachines issued) {
    public Account with(IssuedMachines machines) {
        return new Account(id, email, name, role, state, emailVerifiedAt, createdAt, lastLoginAt, edition, machines);
    }
}
