package dev.apg.cli.output;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Shows people how far something is if it takes longer than a second; shows nothing to files and pipes. */
public final class Progress implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int REDRAW_MILLISECONDS = 200;
    /** Characters, of the line and of the bar in it. */
    private static final int WIDTH = 70;

    private static final int BAR = 24;
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
    record State(String phase, long done, long total) {}

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
            int shown = 0;
            do {
                String line = line(task, state);
                // Blanks cover what is left of a longer line; no terminal has to know more than how to go back.
                System.err.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
                System.err.flush();
                shown = line.length();
            } while (!end.await(REDRAW_MILLISECONDS, TimeUnit.MILLISECONDS));
            System.err.print("\r" + " ".repeat(shown) + "\r");
            System.err.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One line that fits any terminal: what wraps cannot be drawn over. */
    static String line(String task, State state) {
        String line;
        if (state.total() > 0) {
            long done = Math.min(state.done(), state.total());
            int filled = Math.toIntExact(done * BAR / state.total());
            line = "%s [%s%s] %3d%% of %d %s"
                    .formatted(
                            task,
                            "=".repeat(filled),
                            " ".repeat(BAR - filled),
                            done * 100 / state.total(),
                            state.total(),
                            state.phase());
        } else {
            line = state.phase().isEmpty() ? task + " …" : "%s: %d %s".formatted(task, state.done(), state.phase());
        }
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH);
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
