package dev.apg.cli.command;

import dev.apg.cli.client.ApgClient;

/** Whom a command names: as the server does, or a person by their address. */
final class Somebody {
    static final String MEMBER = "An account's EMAIL, account:ID, token:ID, client:ID, pipeline:ID, or me.";
    static final String ANYBODY = "team:CODE, an account's EMAIL, account:ID, token:ID, client:ID, pipeline:ID, or me.";

    private Somebody() {}

    /** As the server names them; who asks by address has to be somebody who may look for accounts. */
    static String named(ApgClient client, String text) {
        return text.contains("@")
                ? "account:" + AccountCommand.find(client, text).id()
                : text;
    }
}
