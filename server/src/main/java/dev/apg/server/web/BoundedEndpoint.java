package dev.apg.server.web;

import dev.apg.server.platform.config.EdgeSettings;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tomcat's end of connections, which refuses those of an address that has too many. */
final class BoundedEndpoint extends NioEndpoint {
    private AddressConnections byAddress = new AddressConnections(EdgeSettings.PLAIN);

    /** Before the first connection is accepted. */
    void bound(EdgeSettings settings) {
        byAddress = new AddressConnections(settings);
    }

    @Override
    protected boolean setSocketOptions(SocketChannel connection) {
        if (!byAddress.take(connection)) {
            destroySocket(connection);
            return false;
        }
        boolean accepted = super.setSocketOptions(connection);
        if (!accepted) {
            byAddress.giveBack(connection);
        }
        return accepted;
    }

    @Override
    public void setHandler(Handler<NioChannel> handler) {
        super.setHandler(new Counting(handler));
    }

    /** Tomcat's handler, which is told of each connection that is closed. */
    private final class Counting implements Handler<NioChannel> {
        private final Handler<NioChannel> handler;

        Counting(Handler<NioChannel> handler) {
            this.handler = handler;
        }

        @Override
        public SocketState process(SocketWrapperBase<NioChannel> connection, SocketEvent event) {
            return handler.process(connection, event);
        }

        @Override
        public Object getGlobal() {
            return handler.getGlobal();
        }

        @Override
        public void release(SocketWrapperBase<NioChannel> connection) {
            byAddress.giveBack(connection.getSocket().getIOChannel());
            handler.release(connection);
        }

        @Override
        public void pause() {
            handler.pause();
        }

        @Override
        public void recycle() {
            handler.recycle();
        }
    }
}
