package dev.apg.server.web;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/**
 * A request whose body ends in a rejection when it grows beyond the limit, whatever its headers promised, or when it comes more
 * slowly than {@link LeastRate} allows.
 */
public final class LimitedRequest extends HttpServletRequestWrapper implements WatchedBody.Watcher {
    private long limit = BodyLimit.DEFAULT;
    private final LeastRate rate = LeastRate.ofBody();
    private long read;
    private long waited;
    private Runnable whenReceived = () -> {};
    private @Nullable ServletInputStream body;

    LimitedRequest(HttpServletRequest request) {
        super(request);
    }

    /**
     * Has something checked once more when the body is there: a client may take minutes to send it. What the check throws
     * is the answer.
     */
    public static void whenReceived(HttpServletRequest request, Runnable check) {
        LimitedRequest limited = WebUtils.getNativeRequest(request, LimitedRequest.class);
        if (limited != null) {
            limited.whenReceived = check;
        }
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
            body = new WatchedBody(super.getInputStream(), this);
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

    @Override
    public void waited(long nanoseconds) {
        waited += nanoseconds;
    }

    @Override
    public void read(byte[] buffer, int offset, int length) {
        read += length;
        rate.moved(length, Duration.ofNanos(waited));
        if (read > limit) {
            throw tooLarge(limit);
        }
        if (read == getContentLengthLong()) {
            end();
        }
    }

    @Override
    public void end() {
        Runnable check = whenReceived;
        whenReceived = () -> {};
        check.run();
    }
}
