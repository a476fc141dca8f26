package dev.apg.server.account;

import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.Role;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A session that has not ended, of an account that may come in.
 *
 * @param accessSeq number of the tenant's last event when it was read after which somebody may do other things
 * @param teams those that the account belongs to
 * @param previousHash of the secret before the last rotation
 * @param confirmedAt when the secret of the last rotation was first seen
 */
record LiveSession(
        CredentialKey key,
        long accessSeq,
        UUID accountId,
        String email,
        String name,
        Role role,
        Set<UUID> teams,
        byte[] secretHash,
        Optional<byte[]> previousHash,
        Instant rotatedAt,
        Optional<Instant> confirmedAt,
        Instant expiresAt) {
    /** A secret is replaced when it is as old as this. */
    private static final Duration ROTATION = Duration.ofMinutes(15);

    /** For requests that were under way when the answer with the new one came. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    /** An answer with a new one that did not come by then got lost. */
    private static final Duration LOST = Duration.ofMinutes(1);

    /** What to do with somebody who shows a secret of it. */
    enum Shown {
        GOOD,
        /** Good, but another one is due. */
        DUE,
        /** The first time that the newest is seen: from now on the one before it is a stolen one. */
        FIRST,
        /** The one before, when whoever had the session has a newer one already. */
        STOLEN,
        WRONG
    }

    Actor actor() {
        return new Actor(accountId, ActorKind.ACCOUNT, name, role, Actor.EVERYTHING, teams);
    }

    Shown shown(byte[] hash, Instant now) {
        if (!now.isBefore(expiresAt)) {
            return Shown.WRONG;
        }
        if (MessageDigest.isEqual(secretHash, hash)) {
            if (rotatedAt.plus(ROTATION).isBefore(now)) {
                return Shown.DUE;
            }
            return previousHash.isPresent() && confirmedAt.isEmpty() ? Shown.FIRST : Shown.GOOD;
        }
        if (previousHash.isEmpty() || !MessageDigest.isEqual(previousHash.get(), hash)) {
            return Shown.WRONG;
        }
        if (confirmedAt.isEmpty()) {
            return rotatedAt.plus(LOST).isBefore(now) ? Shown.DUE : Shown.GOOD;
        }
        return confirmedAt.get().plus(OVERLAP).isBefore(now) ? Shown.STOLEN : Shown.GOOD;
    }
}
