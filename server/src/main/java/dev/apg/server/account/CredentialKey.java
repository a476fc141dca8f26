package dev.apg.server.account;

import dev.apg.server.tenancy.ActorKind;
import java.util.UUID;

/** Of which token, personal token, client, pipeline or session. With the tenant: a bearer could write another tenant's id before their own id and secret. */
record CredentialKey(Kind kind, UUID tenantId, UUID id) {
    /** What there is that opens a tenant. */
    enum Kind {
        TOKEN,
        PERSONAL,
        CLIENT,
        PIPELINE,
        SESSION;

        /** What whoever shows one acts as. */
        ActorKind actor() {
            return switch (this) {
                case TOKEN -> ActorKind.TOKEN;
                case CLIENT -> ActorKind.CLIENT;
                case PIPELINE -> ActorKind.PIPELINE;
                case PERSONAL, SESSION -> ActorKind.ACCOUNT;
            };
        }
    }
}
