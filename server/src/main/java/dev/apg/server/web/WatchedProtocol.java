package dev.apg.server.web;

import java.io.IOException;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 as Tomcat speaks it, of whose requests it can be told whether their connection is still open. A client that has
 * closed its side counts as gone even if it could still read: proxies take that for the end, too. Public for Tomcat, which makes
 * it by its name.
 */
public final class WatchedProtocol extends Http11NioProtocol {
    /** Where a request of Tomcat's has its {@link ClientWatch}; below are Tomcat's own. */
    static final int NOTE = 16;

    @Override
    protected Processor createProcessor() {
        return new Watched(this, getAdapter());
    }

    private static final class Watched extends Http11Processor {
        Watched(WatchedProtocol protocol, Adapter adapter) {
            super(protocol, adapter);
            ClientWatch watch = this::isGone;
            request.setNote(NOTE, watch);
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
