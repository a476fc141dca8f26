package dev.apg.server.account.pipeline;

/** An identity token is not that of a job of the pipeline, or not usable again. The message is a sentence without the token. */
public final class JobRefusedException extends Exception {
    JobRefusedException(String sentence) {
        // An answer, not an accident: no stack trace.
        super(sentence, null, false, false);
    }

    /** The sentence. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
