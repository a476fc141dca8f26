package dev.apg.server.web;

import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;

/**
 * Ends a transfer whose other side is too slow, so that a few such cannot hold for hours what everybody shares. A line that
 * is slow for a moment does no harm: what counts is the average since the beginning.
 */
public final class LeastRate {
    /** Bytes per second, on average. */
    static final int LEAST = 16 * 1024;

    /** Before this nothing is expected. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** After this the transfer ends however fast it was. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final long begun = System.nanoTime();
    private final String code;
    private final String what;
    private long moved;

    private LeastRate(String code, String what) {
        this.code = code;
        this.what = what;
    }

    /** For a body that the client sends. */
    public static LeastRate ofBody() {
        return new LeastRate("body.too_slow", "The body came too slowly");
    }

    /** For an answer that the client reads. */
    public static LeastRate ofAnswer() {
        return new LeastRate("answer.too_slow", "The answer was read too slowly");
    }

    /**
     * Counts what was moved.
     *
     * @throws Rejection 408, if that is too little by now
     */
    public void moved(long bytes) {
        moved(bytes, Duration.ofNanos(System.nanoTime() - begun));
    }

    /**
     * The same for a side that is waited for now and then only, and is not to blame for what is done in between.
     *
     * @param since how long it was waited for, in all
     * @throws Rejection 408, if that is too little by now
     */
    void moved(long bytes, Duration since) {
        moved += bytes;
        long counted = since.minus(GRACE).toMillis();
        if (counted > 0 && moved < counted * LEAST / 1000 || since.compareTo(LONGEST) > 0) {
            throw tooSlow();
        }
    }

    /** What is said of a body that did not come at all until the connection was given up. */
    static String silent() {
        return "The body did not come, or stopped coming (expected: at least %d bytes per second, and no more than %d minutes in all)"
                .formatted(LEAST, LONGEST.toMinutes());
    }

    /** 408: also for a side that did nothing at all until the connection gave it up. */
    public Rejection tooSlow() {
        return Rejection.of(
                HttpStatus.REQUEST_TIMEOUT,
                code,
                "%s: %d bytes in %d s (expected: at least %d per second, and no more than %d minutes in all)"
                        .formatted(
                                what,
                                moved,
                                Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
                                LEAST,
                                LONGEST.toMinutes()),
                List.of());
    }
}
