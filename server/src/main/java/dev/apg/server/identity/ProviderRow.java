package dev.apg.server.identity;

import java.time.Instant;
import java.util.UUID;

/**
 * An identity provider as the database has it.
 *
 * @param sealedSecret its client secret, encrypted
 * @param edition counts the changes; its entity tag
 */
record ProviderRow(
        UUID id,
        String code,
        String displayName,
        String issuer,
        String clientId,
        byte[] sealedSecret,
        ProviderRules rules,
        boolean disabled,
        long edition,
        Instant createdAt,
        Instant updatedAt) {
    /** Without the secret: this may end up in a log. */
    @Override
    public String toString() {
        return "identity provider " + code;
    }
}
