package dev.apg.resolver;

/** What a change of the universe means for one lock: see {@link Impact}. */
public sealed interface Effect {
    /** How much of the step budget was used; 0 if no search was needed. */
    long steps();

    /** Nothing: the lock does not have the capability, has the candidate already, or a newer version. */
    record None() implements Effect {
        @Override
        public long steps() {
            return 0;
        }
    }

    /**
     * The candidate is taken, or something takes the place of what is lost. {@link Impact#solution} says what is then different
     * from the lock.
     */
    record Moved(long steps) implements Effect {}

    /** The candidate is not taken, or nothing can take the place of what is lost. */
    record Refused(long steps) implements Effect {}

    /** The step budget ran out before either was known. */
    record Exhausted(long steps) implements Effect {}
}
