package dev.apg.server.testing;

import dev.apg.server.testing.TestClient.Answer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends bytes as they are, which no HTTP client does, and keeps the connection as long as the server does. */
public final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLISECONDS = 60_000;

    private final URI server;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();

    public RawConnection(URI server) {
        this.server = server;
    }

    /**
     * Sends a request and reads its answer.
     *
     * @param last whether the server may take what follows for a part of it, so that nothing should
     */
    public Answer send(byte[] request, boolean last) throws IOException {
        boolean kept = socket.isConnected() && !socket.isClosed();
        Answer answer;
        try {
            answer = exchange(request, !kept);
        } catch (IOException ended) {
            if (!kept) {
                throw ended;
            }
            // A server may end a connection that it kept at any time; a new one it must answer on.
            answer = exchange(request, true);
        }
        if (last || answer.header("Connection").orElse("").equalsIgnoreCase("close")) {
            socket.close();
        }
        return answer;
    }

    private Answer exchange(byte[] request, boolean fresh) throws IOException {
        if (fresh) {
            open();
        }
        try {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
        } catch (IOException refusedEarly) {
            // The answer was sent before all of the request was read.
        }
        return read(new String(request, 0, 5, StandardCharsets.ISO_8859_1).startsWith("HEAD "));
    }

    private void open() throws IOException {
        socket.close();
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MILLISECONDS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    private Answer read(boolean withoutBody) throws IOException {
        String status = line();
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        int code = Integer.parseInt(status.substring(9, 12));
        HttpHeaders all = HttpHeaders.of(headers, (name, value) -> true);
        boolean empty = withoutBody || code == 204 || code == 304;
        return new Answer(code, all, empty ? new byte[0] : body(all));
    }

    private byte[] body(HttpHeaders headers) throws IOException {
        if (headers.firstValue("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) {
            var body = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.write(in.readNBytes(size));
                line();
            }
            line();
            return body.toByteArray();
        }
        return headers.firstValue("Content-Length").isPresent()
                ? in.readNBytes(
                        Integer.parseInt(headers.firstValue("Content-Length").get()))
                : in.readAllBytes();
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended after: " + line);
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
