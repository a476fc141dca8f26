package dev.apg.server.web;

import dev.apg.server.platform.config.EdgeSettings;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Puts the client's address in the place of a believed proxy's, for all that comes behind: limits, audit and logs. */
final class ForwardedClientValve extends ValveBase {
    private final EdgeSettings settings;

    ForwardedClientValve(EdgeSettings settings) {
        super(true);
        this.settings = settings;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (!settings.trustedProxies().isEmpty()) {
            Optional<ForwardedClient> client = ForwardedClient.of(
                    request.getRemoteAddr(),
                    lines(request, settings.proxyHeader().header()),
                    lines(request, "X-Forwarded-Proto"),
                    settings);
            client.ifPresent(known -> {
                request.setRemoteAddr(known.address());
                request.setRemoteHost(known.address());
                request.setSecure(request.isSecure() || known.secure());
            });
        }
        getNext().invoke(request, response);
    }

    private static List<String> lines(Request request, String header) {
        return Collections.list(request.getHeaders(header));
    }
}
