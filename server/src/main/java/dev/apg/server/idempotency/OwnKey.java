package dev.apg.server.idempotency;

import dev.apg.contract.canonical.Digest;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.web.Caller;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A key as it is a caller's own: what somebody else sends, or the same caller with other scopes, is another one. So an answer never
 * comes back to whoever could not have asked for it, and nobody takes the keys of others.
 *
 * @param text as it was sent
 * @param kept as the database has it
 */
record OwnKey(UUID tenantId, String text, String kept) {
    static OwnKey of(Caller caller, String text) {
        Actor actor = caller.actor();
        String scopes = actor.scopes().stream().map(Permission::wire).sorted().collect(Collectors.joining(" "));
        String whole = String.join("\n", actor.kind().wire(), actor.id().toString(), scopes, text);
        return new OwnKey(
                caller.tenantId(),
                text,
                Digest.of(whole.getBytes(StandardCharsets.UTF_8)).toString());
    }
}
