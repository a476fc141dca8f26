package dev.apg.server.tenancy;

import java.util.Locale;

/** What somebody who acts is. */
public enum ActorKind {
    /** A person. */
    ACCOUNT,
    /** A machine with a token. */
    TOKEN,
    /** A program that fetches access tokens. */
    CLIENT,
    /** Jobs of a CI service. */
    PIPELINE,
    /** Whoever runs the installation. */
    PLATFORM,
    /** Somebody who has not proven who they are. */
    STRANGER;

    /** The spelling on the wire and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
