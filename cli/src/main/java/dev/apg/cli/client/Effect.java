package dev.apg.cli.client;

/** What a request may have done on the server when its answer is lost, and what to do then. */
enum Effect {
    /** It only asks. */
    NONE("Try again; if it stays so, is APG_URL right?"),
    /** It changes something, and done twice it would change more, or be refused. */
    ONCE("Whether it was done is not known: look at what is there before you do it again."),
    /** It changes something, and done twice it changes no more than done once. */
    REPEATABLE("Whether it was done is not known: do it again, that is safe."),
    /** It changes nothing more: what was to be changed is changed. */
    DONE("What was to be done is done, and only the answer is lost."),
    /** The same for a token, whose text is kept nowhere. */
    TOKEN_MADE(
            "It was made, but nobody has it: find it with `apg token list`, take it back with `apg token revoke ID`, and make another."),
    /** The same for a client and its secret. */
    CLIENT_MADE(
            "It was made, but nobody has its secret: find it with `apg client list`, take it back with `apg client revoke ID`, and make another."),
    /** The same for an invitation and its token. */
    INVITED("They are invited, but nobody has the token: `apg account invite EMAIL --again` makes another."),
    /** It only waits for something to be shown that is done. */
    SHOWN("Try again later to look at it.");

    private final String advice;

    Effect(String advice) {
        this.advice = advice;
    }

    /** A sentence for whoever waited for the answer. */
    String advice() {
        return advice;
    }
}
