package dev.apg.server.web;

import dev.apg.server.platform.config.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets web pages of the origins that the operator names call the API with a token (CORS), and no others. It never lets them
 * use cookies, so that nobody's session serves another origin.
 */
@Component
@Order(OtherOrigins.BEHIND_BOUNDARY)
class OtherOrigins extends OncePerRequestFilter {
    /** Whoever asks beforehand shows no token, so that this must be answered before one is looked for. */
    static final int BEHIND_BOUNDARY = Ordered.HIGHEST_PRECEDENCE + 1;

    private static final String METHODS = String.join(", ", List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));

    private static final String SENT = String.join(
            ", ",
            List.of(
                    HttpHeaders.AUTHORIZATION,
                    HttpHeaders.CONTENT_TYPE,
                    HttpHeaders.IF_MATCH,
                    HttpHeaders.IF_NONE_MATCH,
                    "Idempotency-Key",
                    CursorHeader.MIN_SEQ,
                    RequestIds.HEADER));

    private static final String SHOWN = String.join(
            ", ",
            List.of(
                    HttpHeaders.ETAG,
                    HttpHeaders.LOCATION,
                    HttpHeaders.RETRY_AFTER,
                    "RateLimit",
                    "RateLimit-Policy",
                    "Idempotency-Replayed",
                    CursorHeader.SEQ,
                    RequestIds.HEADER));

    private static final String SECONDS = "600";

    private final List<String> allowed;

    OtherOrigins(Settings settings) {
        this.allowed = settings.edge().allowedOrigins();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return allowed.isEmpty() || !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // Also where there is none: a cache must not give this answer to another origin.
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || !allowed.contains(origin.toLowerCase(Locale.ROOT))) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        if (asksBeforehand(request)) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, SENT);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, SECONDS);
            response.setStatus(HttpStatus.NO_CONTENT.value());
        } else {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN);
            chain.doFilter(request, response);
        }
    }

    private static boolean asksBeforehand(HttpServletRequest request) {
        return HttpMethod.OPTIONS.matches(request.getMethod())
                && request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
    }
}
