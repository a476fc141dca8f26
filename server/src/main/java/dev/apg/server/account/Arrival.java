package dev.apg.server.account;

import dev.apg.server.account.IdentityLogins.Terms;
import java.util.UUID;

/** Who came by an identity provider. */
sealed interface Arrival {
    UUID account();

    String name();

    String role();

    /** Somebody whose account is theirs already. */
    record Known(UUID account, String name, String role) implements Arrival {}

    /** Somebody who gets an account that is there. */
    record Linked(UUID account, String name, String role) implements Arrival {}

    record New(UUID account, String name, String role, EmailAddress email) implements Arrival {}

    default boolean isSettled(Terms terms) {
        return this instanceof Known && (!terms.follows() || terms.role().equals(role()));
    }
}
