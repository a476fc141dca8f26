package dev.apg.server.idempotency;

import dev.apg.contract.canonical.Digest;
import dev.apg.server.web.Caller;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Takes the print of a request while its body is read: an import's body is far too large to be kept for that. */
final class PrintedRequest extends HttpServletRequestWrapper {
    private final MessageDigest digest;
    private @Nullable Printed body;
    private long length;

    PrintedRequest(HttpServletRequest request, Caller caller) {
        super(request);
        digest = Digest.algorithm();
        // The answer to one person's request is nobody else's business.
        add(caller.actor().id().toString());
        add(request.getMethod());
        add(request.getRequestURI());
        add(request.getQueryString());
        add(request.getContentType());
    }

    /** The print, once the body was read to its end; what nobody has read is read now. */
    RequestPrint print() throws IOException {
        getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        return new RequestPrint(digest.digest(), length);
    }

    /**
     * Whether the request is the one with this print. Reads no more of its body than that one had.
     *
     * @param raw the same request, with the body as it comes
     */
    boolean matches(RequestPrint first, HttpServletRequest raw) throws IOException {
        InputStream in = raw.getInputStream();
        byte[] buffer = new byte[1 << 13];
        for (int n = in.read(buffer); n > 0 && length <= first.length(); n = in.read(buffer)) {
            count(buffer, 0, n);
        }
        return new RequestPrint(digest.digest(), length).equals(first);
    }

    private void add(@Nullable String part) {
        digest.update(String.valueOf(part).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    private void count(byte[] bytes, int offset, int n) {
        digest.update(bytes, offset, n);
        length += n;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = new Printed(super.getInputStream());
        }
        return body;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private final class Printed extends ServletInputStream {
        private final ServletInputStream from;

        Printed(ServletInputStream from) {
            this.from = from;
        }

        @Override
        public int read() throws IOException {
            int b = from.read();
            if (b >= 0) {
                count(new byte[] {(byte) b}, 0, 1);
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int n) throws IOException {
            int read = from.read(buffer, offset, n);
            if (read > 0) {
                count(buffer, offset, read);
            }
            return read;
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
