package dev.apg.resolver;

/** What the searches behind one answer may do in all, one after the other. For one thread. */
public final class Allowance {
    private final long steps;
    private long stepsLeft;
    private int triesLeft;

    /**
     * @param tries searches of {@link Preferences} at most
     * @param steps of the step budget at most, for all of them and for whatever else is {@link #spend spent} of it
     */
    public Allowance(int tries, long steps) {
        this.steps = steps;
        this.stepsLeft = steps;
        this.triesLeft = tries;
    }

    /** Steps; none are left if it is not positive. */
    public long left() {
        return stepsLeft;
    }

    public long spent() {
        return steps - stepsLeft;
    }

    public void spend(long steps) {
        stepsLeft -= steps;
    }

    /** Whether one more may be tried, which counts. */
    boolean tryOnce() {
        if (triesLeft < 1 || stepsLeft < 1) {
            return false;
        }
        triesLeft--;
        return true;
    }
}
