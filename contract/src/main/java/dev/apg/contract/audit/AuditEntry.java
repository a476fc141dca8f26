package dev.apg.contract.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did, or was refused.
 *
 * @param at when it was written, in microseconds
 * @param actorId of the token or account; the tenant's own id for what the system did by itself
 * @param actorKind {@code account}, {@code token}, {@code client}, {@code pipeline}, {@code platform}, or {@code stranger} for somebody who proved nothing; absent
 *     in entries of before there were accounts
 * @param actor as people know it
 * @param action the type of the event, such as {@code version.published}; or what leaves no event, such as {@code access.denied}
 * @param targetKind what it was done to: {@code capability}, {@code version}, {@code composition}, {@code operation}
 * @param target its code
 * @param before the state before, if there was one; of a large one its length, digest and beginning
 * @param after the state after, if there is one; likewise
 * @param requestId of the request, also in logs, events and problems
 * @param address of the client, if the request came over the network
 */
public record AuditEntry(
        UUID id,
        Instant at,
        UUID actorId,
        @Nullable String actorKind,
        String actor,
        String action,
        String targetKind,
        String target,
        @Nullable Map<String, Object> before,
        @Nullable Map<String, Object> after,
        String requestId,
        @Nullable String address) {}
