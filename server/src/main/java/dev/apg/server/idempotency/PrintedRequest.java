package dev.apg.server.idempotency;

import dev.apg.contract.canonical.Digest;
import dev.apg.server.web.LeastRate;
import dev.apg.server.web.WatchedBody;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Takes the print of a request while its body is read: an import's body is far too large to be kept for that. */
final class PrintedRequest extends HttpServletRequestWrapper {
    private final MessageDigest digest;
    private @Nullable ServletInputStream body;
    private long length;

    PrintedRequest(HttpServletRequest request) {
        super(request);
        digest = Digest.algorithm();
        add(request.getMethod());
        add(request.getRequestURI());
        add(request.getQueryString());
        add(request.getContentType());
        // Of what a change was meant for.
        add(request.getHeader(HttpHeaders.IF_MATCH));
    }

    /** The print, once the body was read to its end; what nobody has read is read now. */
    RequestPrint print() throws IOException {
        getInputStream().transferTo(OutputStream.nullOutputStream());
        return new RequestPrint(digest.digest(), length);
    }

    /**
     * Whether the request is the one with this print. Reads no more of its body than that one had.
     *
     * @param raw the same request, with the body as it comes
     */
    boolean matches(RequestPrint first, HttpServletRequest raw) throws IOException {
        InputStream in = raw.getInputStream();
        LeastRate rate = LeastRate.ofBody();
        byte[] buffer = new byte[1 << 13];
        for (int n = in.read(buffer); n > 0 && length <= first.length(); n = in.read(buffer)) {
            count(buffer, 0, n);
            rate.moved(n);
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
            body = new WatchedBody(super.getInputStream(), this::count);
        }
        return body;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
}
