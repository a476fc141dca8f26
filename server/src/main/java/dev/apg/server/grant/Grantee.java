package dev.apg.server.grant;

import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/** Somebody who can be given something: a team, or one member of the tenant. */
public record Grantee(Kind kind, UUID id) {
    /** The kinds of members, and teams. */
    public enum Kind {
        TEAM,
        TOKEN,
        CLIENT,
        PIPELINE,
        ACCOUNT;

        /** The spelling on the wire and in the database. */
        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String wire) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wire().equals(wire))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
