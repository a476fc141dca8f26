package dev.apg.server.account;

import dev.apg.server.web.Caller;
import dev.apg.server.web.LimitedRequest;
import dev.apg.server.web.Platform;
import dev.apg.server.web.Problems;
import dev.apg.server.web.Rejection;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/** Believes {@code Authorization: Bearer}; a request without it goes on without a caller. */
class BearerTokens extends OncePerRequestFilter {
    private static final String SCHEME = "Bearer ";
    private static final String PERSONAL = BearerTokens.class.getName() + ".personal";

    /** What is about the person themselves. */
    private static final String OWN = "/api/v1/me/";

    private static final String OWN_TOKENS = OWN + "tokens/";

    private final Callers callers;
    private final PlatformKey platformKey;
    private final Admission admission;
    private final DoorDenials denials;
    private final Problems problems;
    private final AuthenticationEntryPoint refusal;
    private final RequestMatcher open;

    BearerTokens(
            Callers callers,
            PlatformKey platformKey,
            Admission admission,
            DoorDenials denials,
            Problems problems,
            AuthenticationEntryPoint refusal,
            RequestMatcher open) {
        this.callers = callers;
        this.platformKey = platformKey;
        this.admission = admission;
        this.denials = denials;
        this.problems = problems;
        this.refusal = refusal;
        this.open = open;
    }

    /** What is open to all is answered without asking who it is: a probe must not need the database for that. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return open.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (headers.size() > 1) {
            problems.repeatedHeader(request, response, HttpHeaders.AUTHORIZATION, headers.size());
            return;
        }
        if (!headers.isEmpty()) {
            Optional<Authentication> caller = caller(headers.getFirst());
            if (caller.isEmpty()) {
                refusal.commence(request, response, new BadCredentialsException("not a valid token"));
                return;
            }
            if (caller.get() instanceof Caller member) {
                personal(headers.getFirst()).ifPresent(token -> {
                    denials.tell(request, member, () -> requireNoSession(request, member, token));
                    request.setAttribute(PERSONAL, token);
                });
                admission.require(member.tenantId(), request);
            }
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(caller.get());
            SecurityContextHolder.setContext(context);
            LimitedRequest.whenReceived(request, () -> requireUnchanged(headers.getFirst(), caller.get()));
        }
        chain.doFilter(request, response);
    }

    /** The token by which a request came in, if a person made it for themselves. */
    static Optional<UUID> personal(HttpServletRequest request) {
        return Optional.ofNullable((UUID) request.getAttribute(PERSONAL));
    }

    private static Optional<UUID> personal(String header) {
        return text(header)
                .flatMap(text -> SecretText.parse(SecretText.Kind.PERSONAL, text))
                .map(SecretText::id);
    }

    /**
     * Whoever found somebody's token must not make another one that is the person, or put the person or their other tokens out. What
     * they make for programs may outlast it, as what the person makes in a session; it says who issued it, and can be revoked by that.
     */
    private static void requireNoSession(HttpServletRequest request, Caller member, UUID token) {
        String path = request.getServletPath();
        boolean ofItself = request.getMethod().equals("DELETE")
                && (path.equals(OWN_TOKENS + "current") || path.equals(OWN_TOKENS + token));
        if (path.startsWith(OWN) && !ofItself) {
            throw Rejection.of(
                    HttpStatus.FORBIDDEN,
                    "session.required",
                    "%s came in with a token (expected: a session, as a login gives one)"
                            .formatted(member.actor().name()),
                    List.of());
        }
    }

    /** A token that was revoked while its request was on the way does nothing any more, and one that may do less no more than that. */
    private void requireUnchanged(String header, Authentication before) {
        Authentication now = caller(header).orElseThrow(BearerTokens::noLongerValid);
        if (before instanceof Caller judged && now instanceof Caller member) {
            Caller.requireUnchanged(judged.actor(), member.actor());
        }
    }

    static Rejection noLongerValid() {
        return Rejection.of(
                HttpStatus.UNAUTHORIZED,
                "token.invalid",
                "The token was revoked, or expired, before the request was complete.",
                List.of());
    }

    private Optional<Authentication> caller(String header) {
        return text(header)
                .flatMap(text -> platformKey.is(text)
                        ? Optional.of(new Platform())
                        : callers.authenticate(text).map(Function.identity()));
    }

    private static Optional<String> text(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }
}
