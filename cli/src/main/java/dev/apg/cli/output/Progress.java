package dev.apg.cli.output;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows people how far something is if it takes longer than a second; shows nothing to files and pipes. */
public final class Progress implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int REDRAW_MILLISECONDS = 200;
    private static final int WIDTH = 80;
    private static final int KIBIBYTE = 1024;

    private final String task;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread painter;
    private volatile State state = new State("", 0, -1);

    /**
     * Where it is.
     *
     * @param total negative if nobody knows
     */
    private record State(String phase, long done, long total) {}

    private Progress(String task, boolean terminal) {
        this.task = task;
        this.painter = Thread.ofVirtual().unstarted(this::paint);
        if (terminal) {
            painter.start();
        }
    }

    /**
     * Begins.
     *
     * @param terminal whether a person watches
     */
    public static Progress of(String task, boolean terminal) {
        return new Progress(task, terminal);
    }

    /** Says how far it is; a negative total is not known. */
    public void at(String phase, long done, long total) {
        state = new State(phase, done, total);
    }

    /** The same stream, whose reading is the progress, in KiB. */
    public InputStream watch(InputStream stream, String phase, long bytes) {
        return new FilterInputStream(stream) {
            private long done;

            @Override
            public int read() throws IOException {
                int next = super.read();
                tell(next < 0 ? 0 : 1);
                return next;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                tell(Math.max(0, count));
                return count;
            }

            private void tell(int more) {
                done += more;
                at(phase, done / KIBIBYTE, bytes < 0 ? -1 : bytes / KIBIBYTE);
            }
        };
    }

    private void paint() {
        try {
            if (end.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            try (ProgressBar bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(state.total())
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REDRAW_MILLISECONDS)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                    .clearDisplayOnFinish()
                    .build()) {
                do {
                    State now = state;
                    bar.maxHint(now.total());
                    bar.stepTo(now.done());
                    bar.setExtraMessage(" " + now.phase());
                } while (!end.await(REDRAW_MILLISECONDS, TimeUnit.MILLISECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it and leaves no trace on the terminal. */
    @Override
    public void close() {
        end.countDown();
        if (painter.isAlive()) {
            try {
                painter.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
