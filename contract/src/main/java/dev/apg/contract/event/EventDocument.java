package dev.apg.contract.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A committed fact about a tenant.
 *
 * @param cursor its place in the log, {@code epoch.seq}; the numbers of one epoch have no gap
 * @param type what happened: {@code version.published}
 * @param subjectKind what it happened to: {@code capability}, {@code version}, {@code service}, {@code composition}
 * @param subjectId id of the subject; for a version that of its capability
 * @param subject its code; for a version {@code code@number}; empty, like all that says more than {@code type}, if the reader may
 *     not read what it is about
 * @param data what subscribers need beyond that; its fields depend on the type
 * @param actorKind what they are: {@code account}, {@code token}, {@code client}, {@code pipeline} or {@code platform}; absent in events of before there were
 *     accounts
 * @param actor who did it
 */
public record EventDocument(
        String cursor,
        String type,
        String subjectKind,
        UUID subjectId,
        String subject,
        Map<String, Object> data,
        @Nullable String actorKind,
        String actor,
        Instant at,
        String requestId) {
    private static final UUID NOTHING = new UUID(0, 0);

    /** The same for somebody who may not read what it is about: that something happened there, and nothing of it. */
    public EventDocument veiled() {
        return new EventDocument(cursor, type, subjectKind, NOTHING, "", Map.of(), null, "", at, "");
    }

    /** Every type that there is, by name. */
    public static final List<String> TYPES = List.of(
            "account.changed",
            "account.codes_renewed",
            "account.created",
            "account.disabled",
            "account.enabled",
            "account.factor_added",
            "account.factor_removed",
            "account.invited",
            "account.linked",
            "account.password_set",
            "account.removed",
            "bundle.purged",
            "capability.described",
            "capability.opened",
            "capability.registered",
            "capability.shared",
            "capability.status_changed",
            "capability.transferred",
            "capability.unshared",
            "client.created",
            "client.revoked",
            "composition.created",
            "composition.deleted",
            "composition.described",
            "composition.opened",
            "composition.shared",
            "composition.transferred",
            "composition.unshared",
            "draft.changed",
            "identity_provider.changed",
            "identity_provider.created",
            "identity_provider.deleted",
            "login_policy.changed",
            "pipeline.created",
            "pipeline.revoked",
            "revision.frozen",
            "role.changed",
            "role.created",
            "role.deleted",
            "service.registered",
            "session.ended",
            "signing_key.retired",
            "team.created",
            "team.deleted",
            "team.described",
            "team.member_added",
            "team.member_removed",
            "tenant.bounded",
            "tenant.created",
            "tenant.deleted",
            "tenant.resumed",
            "tenant.settings_changed",
            "tenant.suspended",
            "token.issued",
            "token.revoked",
            "version.deprecated",
            "version.published",
            "version.purged",
            "version.restored",
            "version.submitted",
            "version.yanked");
}
