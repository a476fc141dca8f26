package dev.apg.server.web;

import dev.apg.server.platform.config.Settings;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * A cookie that no page can read. Outside development, and wherever people come over HTTPS, its name begins with
 * {@code __Host-}: browsers then take it from this very host only. In development over HTTP they would not take it at all.
 */
public final class HostCookie {
    private final boolean secure;
    private final String name;

    /** @param name without the beginning */
    public HostCookie(Settings settings, String name) {
        secure = settings.stage() != Settings.Stage.DEVELOPMENT
                || settings.accessTokens().issuer().startsWith("https:");
        this.name = secure ? "__Host-" + name : name;
    }

    /** What the browser holds; with a cookie of the name twice, nobody can say which of them is ours. */
    public Optional<String> read(HttpServletRequest request) {
        List<String> values = Arrays.stream(Objects.requireNonNullElse(request.getCookies(), new Cookie[0]))
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(values.size() == 1 ? values.getFirst() : "");
    }

    /** Goes with the browser. */
    public void write(HttpServletResponse response, String value) {
        add(response, value, -1);
    }

    public void write(HttpServletResponse response, String value, Duration age) {
        add(response, value, age.toSeconds());
    }

    public void clear(HttpServletResponse response) {
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
