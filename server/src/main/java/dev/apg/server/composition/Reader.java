package dev.apg.server.composition;

import dev.apg.server.grant.Subject;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.TenantContext;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Whose eyes compositions are read with. Every look-up by code or in lists has one: what the reader may not read is not there.
 *
 * @param all whether the reader passes every guard
 * @param holders whose grants count: the reader's own, and those of its teams
 */
record Reader(boolean all, UUID[] holders) {
    /** Of a row of {@code composition}; with {@link #parameters}. */
    static final String READABLE = """
            (NOT composition.guarded OR :readsAll OR EXISTS (
              SELECT FROM composition_grant AS given
              WHERE given.tenant_id = composition.tenant_id AND given.composition_id = composition.composition_id
                AND given.grantee_id = ANY (:holders)))""";

    static Reader of(TenantContext context) {
        Actor actor = context.actor();
        return new Reader(
                actor.permits(Subject.Kind.COMPOSITION.passing()),
                Stream.concat(Stream.of(actor.id()), actor.teams().stream()).toArray(UUID[]::new));
    }

    Map<String, Object> parameters() {
        return Map.of("readsAll", all, "holders", holders);
    }
}
