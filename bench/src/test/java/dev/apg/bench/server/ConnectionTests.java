package dev.apg.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Reads answers that a server sent piece by piece, however they were cut. */
class ConnectionTests {
    private static final byte[] REQUEST = new Requests("secret").get("/");

    @Test
    void an_answer_with_a_length_is_read_to_its_end_and_no_further() throws Exception {
        List<Connection.Answer> answers = answersTo(
                2,
                "HTTP/1.1 200 \r\nContent-Le",
                "ngth: 5\r\nETag: \"7\"\r\n\r",
                "\nhel",
                "loHTTP/1.1 404 \r\ncontent-length:0\r\n\r\n");
        assertThat(answers.getFirst().text()).isEqualTo("hello");
        assertThat(answers.getFirst().header("etag")).isEqualTo("\"7\"");
        assertThat(answers.getLast().status()).isEqualTo(404);
        assertThat(answers.getLast().text()).isEmpty();
    }

    @Test
    void an_answer_in_chunks_is_put_together() throws Exception {
        List<Connection.Answer> answers = answersTo(
                2,
                "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n5\r",
                "\nhel",
                "lo\r\n1",
                "0\r\n0123456789abcdef\r\n0\r\n",
                "\r\nHTTP/1.1 201 \r\nContent-Length: 2\r\n\r\nok");
        assertThat(answers.getFirst().text()).isEqualTo("hello0123456789abcdef");
        assertThat(answers.getLast().text()).isEqualTo("ok");
    }

    private static List<Connection.Answer> answersTo(int requests, String... pieces) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService threads = Executors.newSingleThreadExecutor();
                var connection = new Connection(server.getLocalPort())) {
            var sent = threads.submit(() -> send(server, requests, pieces));
            var answers = new java.util.ArrayList<Connection.Answer>();
            for (int i = 0; i < requests; i++) {
                answers.add(connection.exchange(REQUEST));
            }
            sent.get();
            return answers;
        }
    }

    private static boolean send(ServerSocket server, int requests, String... pieces) throws IOException {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            for (String piece : pieces) {
                out.write(piece.getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            socket.getInputStream().readNBytes(requests * REQUEST.length);
            return true;
        }
    }
}
