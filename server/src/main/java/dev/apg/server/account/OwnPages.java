package dev.apg.server.account;

import dev.apg.server.platform.config.Settings;
import dev.apg.server.secret.Signatures;
import dev.apg.server.web.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Keeps pages of others from using the cookie that a browser sends with whatever request it makes: what changes something has to
 * say a token that only our own pages can read, and must not come from elsewhere, as far as the browser tells.
 */
@Component
class OwnPages {
    static final String HEADER = "X-APG-CSRF";

    private static final String PURPOSE = "csrf";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String FETCH_SITE = "Sec-Fetch-Site";

    private final Signatures signatures;
    private final URI publicUrl;

    OwnPages(Signatures signatures, Settings settings) {
        this.signatures = signatures;
        this.publicUrl = URI.create(settings.accessTokens().issuer());
    }

    /** What a page of ours sends along; the same for as long as the session lasts. */
    String token(CredentialKey session) {
        return signatures.sign(PURPOSE, session.tenantId() + "/" + session.id());
    }

    /** @throws Rejection 403 {@code csrf.origin} or {@code csrf.token} */
    void requireOwn(HttpServletRequest request, LiveSession session) {
        if (READING.contains(request.getMethod())) {
            return;
        }
        requireOwnOrigin(request);
        String sent = request.getHeader(HEADER);
        if (sent == null
                || !signatures.verify(
                        PURPOSE, session.key().tenantId() + "/" + session.key().id(), sent)) {
            throw forbidden(
                    "csrf.token",
                    "%s is %s (expected: the csrf_token of GET /api/v1/me)"
                            .formatted(HEADER, sent == null ? "missing" : "not that of this session"));
        }
    }

    /**
     * Of a request without a session, such as a login: nobody shall be logged in as somebody else by a page of theirs.
     *
     * @throws Rejection 403 {@code csrf.origin}
     */
    void requireOwnOrigin(HttpServletRequest request) {
        String site = request.getHeader(FETCH_SITE);
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw forbidden("csrf.origin", "%s: %s (expected: same-origin)".formatted(FETCH_SITE, shown(site)));
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !isOwn(origin, Optional.ofNullable(request.getHeader(HttpHeaders.HOST)))) {
            throw forbidden("csrf.origin", "Origin: %s (expected: %s)".formatted(shown(origin), publicUrl));
        }
    }

    /** Where a proxy ends TLS, the host is known here and the scheme is not. */
    private boolean isOwn(String origin, Optional<String> host) {
        String written = origin.toLowerCase(Locale.ROOT);
        return written.equals(publicUrl.toString())
                || host.map(name -> name.toLowerCase(Locale.ROOT))
                        .filter(name -> written.equals("http://" + name) || written.equals("https://" + name))
                        .isPresent();
    }

    private static String shown(String header) {
        return header.substring(0, Math.min(100, header.length())).replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static Rejection forbidden(String code, String detail) {
        return Rejection.of(HttpStatus.FORBIDDEN, code, detail, List.of());
    }
}
