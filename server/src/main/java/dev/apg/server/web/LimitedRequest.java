package dev.apg.server.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request whose body ends in a rejection when it grows beyond the limit, whatever its headers promised. */
final class LimitedRequest extends HttpServletRequestWrapper {
    private long limit = BodyLimit.DEFAULT;
    private @Nullable Counted body;

    LimitedRequest(HttpServletRequest request) {
        super(request);
    }

    /**
     * Sets the limit in bytes, before the body is read.
     *
     * @throws Rejection 413, if the request says that it is larger
     */
    void limit(long bytes) {
        limit = bytes;
        if (getContentLengthLong() > bytes) {
            throw tooLarge(bytes);
        }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = new Counted(super.getInputStream());
        }
        return body;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private static Rejection tooLarge(long limit) {
        return Rejection.tooLarge("body.too_large", "body: too large (expected: at most %d bytes)".formatted(limit));
    }

    private final class Counted extends ServletInputStream {
        private final ServletInputStream from;
        private long read;

        Counted(ServletInputStream from) {
            this.from = from;
        }

        @Override
        public int read() throws IOException {
            int b = from.read();
            if (b >= 0) {
                count(1);
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = from.read(buffer, offset, length);
            if (n > 0) {
                count(n);
            }
            return n;
        }

        private void count(int n) {
            read += n;
            if (read > limit) {
                throw tooLarge(limit);
            }
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
}
