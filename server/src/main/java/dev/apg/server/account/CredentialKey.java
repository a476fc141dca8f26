package dev.apg.server.account;

import dev.apg.server.tenancy.ActorKind;
import java.util.UUID;

/** Of which token or client. With the tenant: a bearer could write another tenant's id before their own id and secret. */
record CredentialKey(Kind kind, UUID tenantId, UUID id) {
    /** What there is that opens a tenant to a machine. */
    enum Kind {
        TOKEN,
        CLIENT;

        /** What whoever shows one acts as. */
        ActorKind actor() {
            return switch (this) {
                case TOKEN -> ActorKind.TOKEN;
                case CLIENT -> ActorKind.CLIENT;
            };
        }
    }
}
