package dev.apg.server.account;

import dev.apg.server.limit.RateLimits;
import dev.apg.server.web.Problems;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may pass the door. What they may do there is checked by the services. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final List<String> OPEN = List.of(
            "/livez",
            "/readyz",
            "/health",
            "/api/health",
            "/api/openapi.json",
            "/api/docs",
            "/api/docs/**",
            "/api/auth/token",
            "/api/auth/keys",
            "/api/auth/login",
            "/api/auth/login/**",
            "/api/auth/password",
            "/api/auth/password/forgotten",
            "/api/auth/sso/**",
            "/.well-known/oauth-authorization-server");

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            Callers callers,
            PlatformKey platformKey,
            Sessions sessions,
            StolenSessions thefts,
            SessionCookie cookie,
            OwnPages pages,
            Admission admission,
            DoorDenials denials,
            Problems problems,
            RateLimits limits) {
        AuthenticationEntryPoint refusal = (request, response, failure) -> {
            limits.admitStranger(request, response);
            boolean sent = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
            response.setHeader(
                    HttpHeaders.WWW_AUTHENTICATE,
                    sent ? "Bearer realm=\"apg\", error=\"invalid_token\"" : "Bearer realm=\"apg\"");
            problems.unauthenticated(request, response, sent);
        };
        AuthenticationEntryPoint ended = (request, response, failure) -> {
            limits.admitStranger(request, response);
            problems.sessionEnded(request, response);
        };
        var paths = PathPatternRequestMatcher.withDefaults();
        var open = new OrRequestMatcher(
                OPEN.stream().map(path -> (RequestMatcher) paths.matcher(path)).toList());
        return http.csrf(AbstractHttpConfigurer::disable)
                .cors(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(management -> management.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Every answer has them already, also those that no filter sees.
                .headers(AbstractHttpConfigurer::disable)
                .addFilterBefore(
                        new BearerTokens(callers, platformKey, admission, denials, problems, refusal, open),
                        AuthorizationFilter.class)
                .addFilterBefore(
                        new SessionFilter(sessions, thefts, cookie, pages, admission, denials, ended, open),
                        AuthorizationFilter.class)
                .exceptionHandling(handling -> handling.authenticationEntryPoint(refusal))
                .authorizeHttpRequests(requests -> requests.requestMatchers(open)
                        .permitAll()
                        .requestMatchers("/api/**")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .build();
    }

    /** Observing every filter of every request was a sixth of what a small answer costs, and nobody reads it. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** As strict as Spring's, except that a code with a publisher is one path segment: {@code acme%2Fredis}. */
    @Bean
    HttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        // Tomcat passes the slash on as %2F, so the firewall sees a percent sign where it expects decoded text.
        firewall.setAllowUrlEncodedPercent(true);
        return firewall;
    }

    @Bean
    RequestRejectedHandler requestRejectedHandler(Problems problems) {
        return (request, response, rejected) -> problems.malformed(request, response);
    }
}
