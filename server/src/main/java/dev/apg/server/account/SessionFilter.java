package dev.apg.server.account;

import dev.apg.server.tenancy.Judgement;
import dev.apg.server.web.Caller;
import dev.apg.server.web.LimitedRequest;
import dev.apg.server.web.Rejection;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/** Believes the cookie of a session, where nothing else says who it is. */
class SessionFilter extends OncePerRequestFilter {
    private static final String ATTRIBUTE = LiveSession.class.getName();

    private final Sessions sessions;
    private final StolenSessions thefts;
    private final SessionCookie cookie;
    private final OwnPages pages;
    private final Admission admission;
    private final DoorDenials denials;
    private final AuthenticationEntryPoint refusal;
    private final RequestMatcher open;

    SessionFilter(
            Sessions sessions,
            StolenSessions thefts,
            SessionCookie cookie,
            OwnPages pages,
            Admission admission,
            DoorDenials denials,
            AuthenticationEntryPoint refusal,
            RequestMatcher open) {
        this.sessions = sessions;
        this.thefts = thefts;
        this.cookie = cookie;
        this.pages = pages;
        this.admission = admission;
        this.denials = denials;
        this.refusal = refusal;
        this.open = open;
    }

    /** The session by which a request came in, if it did by one. */
    static Optional<LiveSession> of(HttpServletRequest request) {
        return Optional.ofNullable((LiveSession) request.getAttribute(ATTRIBUTE));
    }

    private Caller caller(LiveSession session) {
        return new Caller(
                session.key().tenantId(),
                session.actor(),
                new Judgement(
                        session.accessSeq(),
                        () -> sessions.stored(session.key())
                                .map(LiveSession::actor)
                                .orElseThrow(SessionFilter::ended)));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return open.matches(request) || request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> text = cookie.read(request);
        if (text.isPresent()) {
            Optional<LiveSession> session = sessions.authenticate(
                    text.get(), renewed -> cookie.write(response, renewed), stolen -> thefts.end(request, stolen));
            if (session.isEmpty()) {
                cookie.clear(response);
                refusal.commence(request, response, new BadCredentialsException("not a session"));
                return;
            }
            denials.tell(request, caller(session.get()), () -> pages.requireOwn(request, session.get()));
            admission.require(session.get().key().tenantId(), request);
            request.setAttribute(ATTRIBUTE, session.get());
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(caller(session.get()));
            SecurityContextHolder.setContext(context);
            LimitedRequest.whenReceived(request, () -> requireUnchanged(text.get(), session.get()));
        }
        chain.doFilter(request, response);
    }

    /** A session that ended while its request was on the way does nothing any more, and whoever may do less no more than that. */
    private void requireUnchanged(String text, LiveSession before) {
        LiveSession now = sessions.live(text).orElseThrow(SessionFilter::ended);
        Caller.requireUnchanged(before.actor(), now.actor());
    }

    private static Rejection ended() {
        return Rejection.of(
                HttpStatus.UNAUTHORIZED,
                "session.ended",
                "The session ended before the request was complete.",
                List.of());
    }
}
