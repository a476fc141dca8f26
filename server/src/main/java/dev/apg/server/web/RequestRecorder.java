package dev.apg.server.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Counts and logs answered requests: one line each, changes and refusals at info, reads that went well at debug. Never a
 * body, a query or a token; the route is the template, so that neither log nor metric grows with the data. It is that of the
 * request even where a filter answered, as for a repeated request or a missing token.
 */
@Component
class RequestRecorder {
    private static final Logger LOG = LoggerFactory.getLogger("dev.apg.access");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10),
        Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200),
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5),
        Duration.ofSeconds(10), Duration.ofSeconds(60)
    };

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;
    private final MeterProvider<Counter> requests;
    private final MeterProvider<Timer> durations;

    /** Found once: looking a meter up by its tags costs more than using it. As many as there are in the registry. */
    private final Map<Answered, Meters> meters = new ConcurrentHashMap<>();

    private record Answered(String method, String route, int status) {}

    private record Meters(Counter requests, Timer durations) {}

    /** @param mappings asked for late: filters are made before controllers */
    RequestRecorder(
            MeterRegistry meters,
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
        requests = Counter.builder("http.requests")
                .description("Requests answered")
                .withRegistry(meters);
        durations = Timer.builder("http.request.duration")
                .description("Time from a request's arrival until its answer was written")
                .serviceLevelObjectives(BUCKETS)
                .withRegistry(meters);
    }

    void record(HttpServletRequest request, HttpServletResponse response, long start) {
        long nanoseconds = System.nanoTime() - start;
        String method = RequestLine.METHODS.contains(request.getMethod()) ? request.getMethod() : "OTHER";
        String route = route(request);
        int status = response.getStatus();
        Meters of = meters.computeIfAbsent(new Answered(method, route, status), this::meters);
        of.requests().increment();
        of.durations().record(nanoseconds, TimeUnit.NANOSECONDS);
        Level level = SAFE.contains(method) && status < 400 ? Level.DEBUG : Level.INFO;
        LOG.atLevel(level)
                .addKeyValue("http.request.method", method)
                .addKeyValue("http.route", route)
                .addKeyValue("http.response.status_code", status)
                .addKeyValue("client.address", request.getRemoteAddr())
                .addKeyValue("duration_ms", nanoseconds / 1_000_000)
                .log("{} {} was answered with {} in {} ms.", method, route, status, nanoseconds / 1_000_000);
    }

    private Meters meters(Answered answered) {
        Tags tags = Tags.of(
                "method", answered.method(), "route", answered.route(), "status", Integer.toString(answered.status()));
        return new Meters(requests.withTags(tags), durations.withTags(tags));
    }

    private String route(HttpServletRequest request) {
        return matched(request)
                .or(() -> {
                    match(request);
                    return matched(request);
                })
                .orElse("unmatched");
    }

    private static Optional<String> matched(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String pattern
                        && !pattern.equals("/**")
                ? Optional.of(pattern)
                : Optional.empty();
    }

    /** As the dispatcher does, which saw nothing of a request that a filter answered. It notes the pattern in the request. */
    private void match(HttpServletRequest request) {
        try {
            ServletRequestPathUtils.parseAndCache(request);
            mappings.getObject().getHandler(request);
        } catch (Exception e) {
            // Of no path, method or media type that there is; it was refused for that.
            LOG.trace("A request has no route.", e);
        }
    }
}
