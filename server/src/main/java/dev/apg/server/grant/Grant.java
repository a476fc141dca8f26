package dev.apg.server.grant;

import dev.apg.contract.team.Level;

/**
 * What somebody was given.
 *
 * @param name of the grantee, when it was given
 */
public record Grant(Grantee grantee, String name, Level level) {
    /** For people: {@code team payments-core}. */
    String told() {
        return grantee.kind().wire() + " " + name;
    }

    boolean owns() {
        return level == Level.OWN;
    }
}
