package dev.apg.server.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets a request's thread look whether the connection is still open, which only Tomcat's own classes can tell. A client that
 * has closed its side counts as gone even if it could still read: proxies take that for the end, too.
 */
final class ClientWatchValve extends ValveBase {
    ClientWatchValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request connection = request.getCoyoteRequest();
        ClientWatch watch = () -> connection.isFinished() && isReadable(connection) && isReadable(connection);
        request.setAttribute(ClientWatch.class.getName(), watch);
        getNext().invoke(request, response);
    }

    /**
     * Whether there is something to read, be it the end. Of a next request, sent before this one was answered, Tomcat tells
     * once, when it reads it; of the end it tells each time.
     */
    private static boolean isReadable(org.apache.coyote.Request connection) {
        connection.action(ActionCode.AVAILABLE, true);
        return connection.getAvailable() > 0;
    }
}
