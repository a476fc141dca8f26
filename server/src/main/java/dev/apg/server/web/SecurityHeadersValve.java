package dev.apg.server.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Writes {@link SecurityHeaders} before anybody answers. */
final class SecurityHeadersValve extends ValveBase {
    SecurityHeadersValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        SecurityHeaders.write(request, response);
        getNext().invoke(request, response);
    }
}
