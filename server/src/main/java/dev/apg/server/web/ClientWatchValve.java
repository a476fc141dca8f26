package dev.apg.server.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Hands a request's {@link ClientWatch} on from Tomcat's own request, which nothing behind it sees. */
final class ClientWatchValve extends ValveBase {
    ClientWatchValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getCoyoteRequest().getNote(WatchedProtocol.NOTE) instanceof ClientWatch watch) {
            request.setAttribute(ClientWatch.class.getName(), watch);
        }
        getNext().invoke(request, response);
    }
}
