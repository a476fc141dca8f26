package dev.apg.server.platform.outbound;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Something that listens, and answers as no server should. */
final class Remote implements AutoCloseable {
    /** Writes what it likes for as long as it likes. */
    @FunctionalInterface
    interface Answering {
        void answer(OutputStream out) throws Exception;
    }

    private final ServerSocket listening;
    private final Answering answering;

    /** The lines of each request's head, and what name TLS was asked for, if it was. */
    final List<List<String>> requests = new CopyOnWriteArrayList<>();

    final List<String> names = new CopyOnWriteArrayList<>();

    Remote(ServerSocket listening, Answering answering) {
        this.listening = listening;
        this.answering = answering;
        Thread.ofVirtual().start(this::accept);
    }

    static Remote plain(String answer) throws IOException {
        return plain(out -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    static Remote plain(Answering answering) throws IOException {
        return at("127.0.0.1", 0, answering);
    }

    static Remote at(String address, int port, Answering answering) throws IOException {
        var socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
        return new Remote(socket, answering);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            List<String> head = new CopyOnWriteArrayList<>();
            @Nullable String line = reader.readLine();
            while (line != null && !line.isEmpty()) {
                head.add(line);
                line = reader.readLine();
            }
            if (socket instanceof SSLSocket secured && secured.getSession() instanceof ExtendedSSLSession session) {
                session.getRequestedServerNames().forEach(name -> names.add(((SNIHostName) name).getAsciiName()));
            }
            requests.add(head);
            answering.answer(socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (Exception gone) {
            // Whoever called had enough.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
