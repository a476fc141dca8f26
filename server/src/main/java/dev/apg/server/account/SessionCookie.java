package dev.apg.server.account;

import dev.apg.server.platform.config.Settings;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The cookie that holds a session's secret. Outside development, and wherever people come over HTTPS, its name begins with
 * {@code __Host-}: browsers then take it from this very host only. In development over HTTP they would not take it at all.
 */
@Component
class SessionCookie {
    private static final String NAME = "apg_session";

    private final boolean secure;
    private final String name;

    SessionCookie(Settings settings) {
        secure = settings.stage() != Settings.Stage.DEVELOPMENT
                || settings.accessTokens().issuer().startsWith("https:");
        name = secure ? "__Host-" + NAME : NAME;
    }

    /** What the browser holds; with a cookie of the name twice, nobody can say which of them is ours. */
    Optional<String> read(HttpServletRequest request) {
        List<String> values = Arrays.stream(Objects.requireNonNullElse(request.getCookies(), new Cookie[0]))
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(values.size() == 1 ? values.getFirst() : "");
    }

    /** Without an age, so that it goes with the browser; how long it is good for, the session says. */
    void write(HttpServletResponse response, SecretText secret) {
        add(response, secret.text(), -1);
    }

    void clear(HttpServletResponse response) {
        add(response, "", 0);
    }

    private void add(HttpServletResponse response, String value, long age) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        .httpOnly(true)
                        .secure(secure)
                        .sameSite("Lax")
                        .path("/")
                        .maxAge(age)
                        .build()
                        .toString());
    }
}
