package dev.apg.server.idempotency;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * Holds an answer's body back until it was kept: a client that has the answer can rely on getting it again. Of lines of
 * progress only what is written behind the last flush is held: the line with the result.
 */
final class HeldResponse extends HttpServletResponseWrapper {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean begun;
    private int outcome;
    private @Nullable IOException lost;

    HeldResponse(HttpServletResponse response) {
        super(response);
    }

    /** What is held back. */
    byte[] body() {
        return body.toByteArray();
    }

    /** Sends it. */
    void release() throws IOException {
        if (lost != null) {
            throw lost;
        }
        if (!begun) {
            getResponse().setContentLength(body.size());
        }
        body.writeTo(getResponse().getOutputStream());
        getResponse().flushBuffer();
    }

    /** How the request ended, even if the client was told another status when lines of progress began. */
    @Override
    public int getStatus() {
        return begun ? outcome : super.getStatus();
    }

    @Override
    public void setStatus(int status) {
        outcome = status;
        super.setStatus(status);
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new Held();
    }

    @Override
    public PrintWriter getWriter() {
        return new PrintWriter(new OutputStreamWriter(getOutputStream(), StandardCharsets.UTF_8), true);
    }

    @Override
    public void setContentLength(int length) {
        // Said when the answer is sent.
    }

    @Override
    public void setContentLengthLong(long length) {
        // Said when the answer is sent.
    }

    /** Nothing leaves before it was kept, but progress: nobody asks for that again. */
    @Override
    public void flushBuffer() {
        String type = getContentType();
        if (type == null || !type.startsWith(MediaType.APPLICATION_NDJSON_VALUE)) {
            return;
        }
        if (!begun) {
            outcome = super.getStatus();
            begun = true;
        }
        try {
            if (lost == null) {
                body.writeTo(getResponse().getOutputStream());
                getResponse().flushBuffer();
            }
        } catch (IOException gone) {
            // What is under way goes on: the client will ask for its result by the key.
            lost = gone;
        }
        body.reset();
    }

    @Override
    public boolean isCommitted() {
        return begun;
    }

    @Override
    public void resetBuffer() {
        body.reset();
    }

    @Override
    public void reset() {
        super.reset();
        body.reset();
    }

    private final class Held extends ServletOutputStream {
        @Override
        public void write(int b) {
            body.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int n) {
            body.write(bytes, offset, n);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("answers are written by blocking");
        }
    }
}
