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

/** Holds an answer's body back until it was kept: a client that has the answer can rely on getting it again. */
final class HeldResponse extends HttpServletResponseWrapper {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    HeldResponse(HttpServletResponse response) {
        super(response);
    }

    byte[] body() {
        return body.toByteArray();
    }

    /** Sends it. */
    void release() throws IOException {
        getResponse().setContentLength(body.size());
        body.writeTo(getResponse().getOutputStream());
        getResponse().flushBuffer();
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

    @Override
    public void flushBuffer() {
        // Nothing leaves before it was kept.
    }

    @Override
    public boolean isCommitted() {
        return false;
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
