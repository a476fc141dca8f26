package dev.apg.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server and hangs up in the middle of the first answers to what changes something. */
final class LossyRelay implements AutoCloseable {
    /** Enough for a client to know that it is an answer. */
    private static final int TOLD = 20;

    private final ServerSocket socket;
    private final URI server;
    private final AtomicInteger losses;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    private LossyRelay(ServerSocket socket, URI server, int losses) {
        this.socket = socket;
        this.server = server;
        this.losses = new AtomicInteger(losses);
    }

    /** @param losses how many answers are lost */
    static LossyRelay before(String server, int losses) throws IOException {
        var relay =
                new LossyRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), URI.create(server), losses);
        Thread.ofVirtual().start(relay::accept);
        return relay;
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                connections.add(client);
                Thread.ofVirtual().start(() -> relay(client));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private void relay(Socket client) {
        try (client;
                Socket behind = new Socket(server.getHost(), server.getPort())) {
            var changes = new AtomicBoolean();
            Thread.ofVirtual().start(() -> requests(client, behind, changes));
            InputStream answers = behind.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int count = answers.read(buffer); count > 0; count = answers.read(buffer)) {
                boolean lost = changes.get() && losses.getAndDecrement() > 0;
                out.write(buffer, 0, lost ? TOLD : count);
                out.flush();
                if (lost) {
                    return;
                }
            }
        } catch (IOException hungUp) {
            // By one side or the other.
        }
    }

    private static void requests(Socket client, Socket behind, AtomicBoolean changes) {
        try {
            InputStream in = client.getInputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                String begins = new String(buffer, 0, Math.min(count, 4), StandardCharsets.US_ASCII);
                if (begins.equals("GET ")) {
                    changes.set(false);
                } else if (begins.equals("POST")) {
                    changes.set(true);
                }
                behind.getOutputStream().write(buffer, 0, count);
                behind.getOutputStream().flush();
            }
        } catch (IOException hungUp) {
            // By one side or the other.
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
