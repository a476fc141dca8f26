package dev.apg.bench.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection that knows just enough to be cheap: the load generator shares the processors with
 * the server, and whatever it uses is missing there.
 */
final class Connection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 600_000;
    private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};

    private final int port;
    private Socket socket;
    private boolean over;
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;

    Connection(int port) throws IOException {
        this.port = port;
        this.socket = open(port);
    }

    private static Socket open(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** The stream to write to; of a new connection if the server announced the end of the one before. */
    private OutputStream out() throws IOException {
        if (over) {
            socket.close();
            socket = open(port);
            over = false;
            from = 0;
            to = 0;
        }
        return socket.getOutputStream();
    }

    /** An answer; the body is all there. */
    record Answer(int status, String headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The value of a header; empty if it is not there. */
        String header(String name) {
            return headers.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Sends a whole request and waits for its answer. */
    Answer exchange(byte[] request) throws IOException {
        out().write(request);
        return answer();
    }

    /** Sends a request's head and a file as its body, and waits for the answer. */
    Answer exchange(byte[] head, Path body) throws IOException {
        OutputStream out = out();
        out.write(head);
        try (InputStream file = Files.newInputStream(body)) {
            file.transferTo(out);
        }
        return answer();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Answer answer() throws IOException {
        int end = endOfHeaders();
        String headers = new String(buffer, from, end - from, StandardCharsets.ISO_8859_1);
        from = end + END_OF_HEADERS.length;
        int status = Integer.parseInt(headers.substring(9, 12));
        String lower = headers.toLowerCase(Locale.ROOT);
        over = lower.contains("\r\nconnection: close");
        int length = lower.indexOf("\r\ncontent-length:");
        if (length >= 0) {
            int line = lower.indexOf('\r', length + 2);
            int bytes = Integer.parseInt(lower.substring(length + 17, line < 0 ? lower.length() : line)
                    .strip());
            return new Answer(status, headers, take(bytes));
        }
        return new Answer(status, headers, lower.contains("\r\ntransfer-encoding: chunked") ? chunks() : new byte[0]);
    }

    private int endOfHeaders() throws IOException {
        for (int looked = from; ; ) {
            for (int at = looked; at + 3 < to; at++) {
                if (Arrays.equals(buffer, at, at + 4, END_OF_HEADERS, 0, 4)) {
                    return at;
                }
            }
            int seen = Math.max(0, to - from - 3);
            fill();
            looked = from + seen;
        }
    }

    private byte[] chunks() throws IOException {
        byte[] body = new byte[1 << 14];
        int length = 0;
        while (true) {
            int size = Integer.parseInt(line(), 16);
            byte[] chunk = take(size);
            line();
            if (size == 0) {
                return Arrays.copyOf(body, length);
            }
            if (length + size > body.length) {
                body = Arrays.copyOf(body, Math.max(length + size, body.length * 2));
            }
            System.arraycopy(chunk, 0, body, length, size);
            length += size;
        }
    }

    private String line() throws IOException {
        for (int at = from; ; at++) {
            if (at == to) {
                int seen = at - from;
                fill();
                at = from + seen;
            }
            if (buffer[at] == '\n') {
                String line = new String(buffer, from, at - from, StandardCharsets.ISO_8859_1).strip();
                from = at + 1;
                return line;
            }
        }
    }

    private byte[] take(int length) throws IOException {
        while (to - from < length) {
            fill();
        }
        from += length;
        return Arrays.copyOfRange(buffer, from - length, from);
    }

    /** Reads more behind what is there, and moves that to the front. */
    private void fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = socket.getInputStream().read(buffer, to, buffer.length - to);
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        to += read;
    }
}
