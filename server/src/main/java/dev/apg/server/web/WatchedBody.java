package dev.apg.server.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** A request's body that shows somebody what was read of it, before the reader gets it. */
public final class WatchedBody extends ServletInputStream {
    private final ServletInputStream from;
    private final Watcher watcher;

    /** Sees each byte once, in order; what it throws, the reader gets instead of the bytes. */
    public interface Watcher {
        void read(byte[] buffer, int offset, int length);

        /** So long was waited for the next bytes; told before they are. */
        default void waited(long nanoseconds) {}

        /** There is nothing more; told as often as the reader asks for more. */
        default void end() {}
    }

    public WatchedBody(ServletInputStream from, Watcher watcher) {
        this.from = from;
        this.watcher = watcher;
    }

    @Override
    public int read() throws IOException {
        long asked = System.nanoTime();
        int b = from.read();
        watcher.waited(System.nanoTime() - asked);
        if (b >= 0) {
            watcher.read(new byte[] {(byte) b}, 0, 1);
        } else {
            watcher.end();
        }
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long asked = System.nanoTime();
        int n = from.read(buffer, offset, length);
        watcher.waited(System.nanoTime() - asked);
        if (n > 0) {
            watcher.read(buffer, offset, n);
        } else if (n < 0) {
            watcher.end();
        }
        return n;
    }

    @Override
    public boolean isFinished() {
        return from.isFinished();
    }

    @Override
    public boolean isReady() {
        return from.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        from.setReadListener(listener);
    }
}
