package dev.apg.server.account;

import dev.apg.server.platform.config.Settings;
import dev.apg.server.web.HostCookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The cookie that holds a session's secret. It goes with the browser; how long it is good for, the session says. */
@Component
class SessionCookie {
    private final HostCookie cookie;

    SessionCookie(Settings settings) {
        cookie = new HostCookie(settings, "apg_session");
    }

    Optional<String> read(HttpServletRequest request) {
        return cookie.read(request);
    }

    void write(HttpServletResponse response, SecretText secret) {
        cookie.write(response, secret.text());
    }

    void clear(HttpServletResponse response) {
        cookie.clear(response);
    }
}
