package dev.apg.server.platform.postgres;

import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a PostgreSQL again that ended without being told to: it was killed, or gave up because its disk was full. */
final class PostmasterWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostmasterWatch.class);
    private static final long LOOK_EVERY_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final int TELL_FROM = 4;

    private final Postmaster postmaster;
    private final Runnable start;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param start starts it and makes sure that it may be used
     */
    PostmasterWatch(Postmaster postmaster, Runnable start) {
        this.postmaster = postmaster;
        this.start = start;
        this.thread = Thread.ofPlatform().daemon().name("postgresql-watch").start(this::watch);
    }

    private void watch() {
        while (!closedWithin(LOOK_EVERY_MILLIS)) {
            if (!isRunning()) {
                log.error(
                        "The embedded PostgreSQL has ended without being told to and is started again. last_words={}",
                        postmaster.lastWords());
                revive();
            }
        }
    }

    private void revive() {
        long pause = LOOK_EVERY_MILLIS;
        for (int attempt = 1; !closedWithin(pause); attempt++) {
            try {
                start.run();
                log.info("The embedded PostgreSQL runs again. attempts={}", attempt);
                return;
            } catch (EmbeddedPostgresException | UncheckedIOException e) {
                // The first ones may only have come before the last process of the old one was gone.
                if (attempt == TELL_FROM) {
                    log.error(
                            "The embedded PostgreSQL does not start; it is tried again, every {} s in the end. last_words={} cause={}",
                            LONGEST_PAUSE_MILLIS / 1_000,
                            postmaster.lastWords(),
                            e.getMessage());
                }
            }
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
    }

    private boolean isRunning() {
        try {
            return postmaster.isRunning();
        } catch (UncheckedIOException e) {
            log.debug("Whether PostgreSQL runs cannot be seen now.", e);
            return true;
        }
    }

    private boolean closedWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Waits for a start that is under way, so that what it starts can be stopped. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
