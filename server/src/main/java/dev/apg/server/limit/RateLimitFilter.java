package dev.apg.server.limit;

import dev.apg.server.web.Caller;
import dev.apg.server.web.Platform;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts each request, once it is known whose it is and before anything else is done for it. */
@Component
@Order(RateLimitFilter.AFTER_AUTHENTICATION)
class RateLimitFilter extends OncePerRequestFilter {
    static final int AFTER_AUTHENTICATION = -1;

    /** A restart or a load balancer's decision must not depend on how often others ask. */
    private static final Set<String> PROBES = Set.of("/livez", "/readyz", "/health", "/api/health");

    /** Only what fails is counted there, by those who know whether it did. */
    private static final Set<String> LOGINS = Set.of(
            "/api/auth/token",
            "/api/auth/login",
            "/api/auth/login/second-factor",
            "/api/auth/login/enrolment",
            "/api/auth/login/enrolment/confirmation",
            "/api/auth/password");

    private final RateLimits limits;

    RateLimitFilter(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return PROBES.contains(request.getServletPath()) || LOGINS.contains(request.getServletPath());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        switch (SecurityContextHolder.getContext().getAuthentication()) {
            case Caller caller -> limits.admit(caller, request, response);
            case Platform platform -> limits.admitPlatform(request, response);
            case null, default -> limits.admitStranger(request, response);
        }
        chain.doFilter(request, response);
    }
}
