package dev.apg.server.account;

import dev.apg.server.account.PendingLogins.Pending;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.web.HostCookie;
import dev.apg.server.web.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Where a login waits for its second step while a browser goes from the identity provider to a page of ours. */
@Component
class PendingCookie {
    private final HostCookie cookie;

    PendingCookie(Settings settings) {
        cookie = new HostCookie(settings, "apg_login");
    }

    void write(HttpServletResponse response, Pending pending) {
        cookie.write(response, pending.text(), PendingLogins.VALID);
    }

    /** @throws Rejection 404 {@code login.not_pending} */
    Pending take(HttpServletRequest request, HttpServletResponse response) {
        Pending pending = cookie.read(request)
                .flatMap(Pending::parse)
                .orElseThrow(() -> Rejection.of(
                        HttpStatus.NOT_FOUND,
                        "login.not_pending",
                        "No login waits in this browser for its second step (expected: to come in by an identity provider first).",
                        List.of()));
        cookie.clear(response);
        return pending;
    }
}
