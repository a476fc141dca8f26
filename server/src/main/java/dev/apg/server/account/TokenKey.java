package dev.apg.server.account;

import java.util.UUID;

/** Of which token. With the tenant: a bearer could write another tenant's id before their own token's id and secret. */
record TokenKey(UUID tenantId, UUID tokenId) {
    static TokenKey of(TokenText text) {
        return new TokenKey(text.tenantId(), text.tokenId());
    }
}
