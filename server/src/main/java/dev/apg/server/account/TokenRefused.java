package dev.apg.server.account;

import dev.apg.contract.account.TokenRefusal;
import java.util.Locale;

/** A client gets no token; in the words that OAuth clients know (RFC 6749, section 5.2). */
final class TokenRefused extends RuntimeException {
    private final Reason reason;

    /** The standard's words. */
    enum Reason {
        INVALID_REQUEST,
        INVALID_CLIENT,
        INVALID_GRANT,
        UNAUTHORIZED_CLIENT,
        UNSUPPORTED_GRANT_TYPE,
        INVALID_SCOPE;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param sentence without quotes and backslashes, which the standard does not allow there, and without what was sent */
    TokenRefused(Reason reason, String sentence) {
        // An answer, not an accident: no stack trace.
        super(sentence, null, false, false);
        this.reason = reason;
    }

    /** Whoever it was: which part of the credentials was wrong, only their owner needs to know. */
    static TokenRefused client() {
        return new TokenRefused(
                Reason.INVALID_CLIENT,
                "There is no such client, its secret is another one, or it was revoked (expected: client_id and client_secret"
                        + " of POST /api/v1/clients).");
    }

    /** Why, the members of the tenant learn with every other request. */
    static TokenRefused suspended() {
        return new TokenRefused(
                Reason.UNAUTHORIZED_CLIENT,
                "The tenant of this client is suspended (expected: a client of one that is active).");
    }

    Reason reason() {
        return reason;
    }

    TokenRefusal document() {
        return new TokenRefusal(reason.wire(), String.valueOf(getMessage()));
    }
}
