package dev.apg.server.issuer;

/** A token is not believed. The message is a sentence that repeats neither the token nor what the issuer answered. */
public final class IssuerException extends Exception {
    private final Reason reason;

    /** Where to look. */
    public enum Reason {
        /** The issuer could not be asked, or does not answer as OpenID Connect Discovery says; later it may. */
        ISSUER,
        /** The token is not valid, or not for us. */
        TOKEN
    }

    IssuerException(Reason reason, String sentence) {
        // An answer about somebody else, not an accident of ours: no stack trace.
        super(sentence, null, false, false);
        this.reason = reason;
    }

    static IssuerException token(String sentence) {
        return new IssuerException(Reason.TOKEN, sentence);
    }

    static IssuerException issuer(String sentence) {
        return new IssuerException(Reason.ISSUER, sentence);
    }

    public Reason reason() {
        return reason;
    }

    /** The sentence. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
