package dev.apg.server.web;

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
    private long read;
    private @Nullable ServletInputStream body;

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
            body = new WatchedBody(super.getInputStream(), (_, _, n) -> count(n));
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

    private void count(int n) {
        read += n;
        if (read > limit) {
            throw tooLarge(limit);
        }
    }
}
