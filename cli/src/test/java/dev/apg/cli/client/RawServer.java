package dev.apg.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers every connection with the same bytes, whatever they are, and then keeps still or hangs up. */
final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    private RawServer(ServerSocket socket) {
        this.socket = socket;
    }

    /** Says this and then nothing more. */
    static RawServer silentAfter(String said) throws IOException {
        return start(said, false);
    }

    /** Says this and hangs up. */
    static RawServer saying(String said) throws IOException {
        return start(said, true);
    }

    private static RawServer start(String said, boolean hangUp) throws IOException {
        var server = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(() -> server.accept(said, hangUp));
        return server;
    }

    /** Whether anybody connected to it. */
    boolean asked() {
        return !connections.isEmpty();
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private void accept(String said, boolean hangUp) {
        try {
            while (true) {
                Socket connection = socket.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> answer(connection, said, hangUp));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private static void answer(Socket connection, String said, boolean hangUp) {
        try {
            InputStream in = connection.getInputStream();
            if (in.read(new byte[64 * 1024]) < 0) {
                return;
            }
            connection.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
            connection.getOutputStream().flush();
            if (hangUp) {
                connection.close();
            }
        } catch (IOException gone) {
            // The command has given up.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
