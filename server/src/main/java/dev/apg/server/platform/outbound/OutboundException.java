package dev.apg.server.platform.outbound;

/** Another service was not called, or did not answer as it should. The message is a sentence without what it answered. */
public final class OutboundException extends Exception {
    private final Reason reason;

    /** Whose fault it is. */
    public enum Reason {
        /** It is not an address that may be called. */
        ADDRESS,
        /** There is no connection, or none that can be trusted. */
        UNREACHABLE,
        /** The answer did not end in time. */
        SLOW,
        /** The answer is larger than it may be, or is none. */
        ANSWER
    }

    OutboundException(Reason reason, String sentence) {
        // An answer about somebody else, not an accident of ours: no stack trace.
        super(sentence, null, false, false);
        this.reason = reason;
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
