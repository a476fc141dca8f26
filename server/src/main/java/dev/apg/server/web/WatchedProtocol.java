package dev.apg.server.web;

import dev.apg.server.platform.config.EdgeSettings;
import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 as Tomcat speaks it, of whose requests it can be told whether their connection is still open. A client that has
 * closed its side counts as gone even if it could still read: proxies take that for the end, too. Requests have to begin in time:
 * Tomcat's own patience begins anew with each byte. Public for Tomcat, which makes it by its name.
 */
public final class WatchedProtocol extends Http11NioProtocol {
    /** Where a request of Tomcat's has its {@link ClientWatch}; below are Tomcat's own. */
    static final int NOTE = 16;

    /** From the first byte of a request to the end of its headers. */
    static final Duration HEAD = Duration.ofSeconds(20);

    private final BoundedEndpoint connections;

    public WatchedProtocol() {
        this(new BoundedEndpoint());
    }

    private WatchedProtocol(BoundedEndpoint connections) {
        super(connections);
        this.connections = connections;
    }

    /** Before the first connection is accepted. */
    void bound(EdgeSettings settings) {
        connections.bound(settings);
    }

    @Override
    protected Processor createProcessor() {
        return new Watched(this, getAdapter());
    }

    private static final class Watched extends Http11Processor {
        private final WatchedProtocol watched;

        Watched(WatchedProtocol protocol, Adapter adapter) {
            super(protocol, adapter);
            watched = protocol;
            ClientWatch watch = this::isGone;
            request.setNote(NOTE, watch);
        }

        @Override
        public SocketState service(SocketWrapperBase<?> connection) throws IOException {
            // What is left for the rest of a head is too little for the body behind it.
            connection.setReadTimeout(watched.getConnectionTimeout());
            SocketState state = super.service(connection);
            if (state != SocketState.LONG || isAsync()) {
                return state;
            }
            long left = HEAD.toMillis()
                    - Duration.ofNanos(System.nanoTime() - request.getStartTimeNanos())
                            .toMillis();
            if (left <= 0) {
                return SocketState.CLOSED;
            }
            connection.setReadTimeout(left);
            return state;
        }

        /** Reads what has come into the connection's own buffer, where the next request is looked for, too. */
        private boolean isGone() {
            SocketWrapperBase<?> connection = getSocketWrapper();
            try {
                return connection == null || !connection.isReadyForRead() && connection.isClosed();
            } catch (IOException ended) {
                return true;
            }
        }
    }
}
