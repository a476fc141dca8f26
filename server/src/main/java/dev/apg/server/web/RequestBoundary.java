package dev.apg.server.web;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The outermost filter: names the request, answers whatever failed inside other filters, and when the answer is
 * complete has it logged and counted.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestBoundary extends OncePerRequestFilter {
    private static final String LOGGED_AS = "request_id";

    private final Problems problems;
    private final RequestRecorder recorder;

    RequestBoundary(Problems problems, RequestRecorder recorder) {
        this.problems = problems;
        this.recorder = recorder;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        long start = System.nanoTime();
        String id = RequestIds.assign(request, response);
        try (var ignored = MDC.putCloseable(LOGGED_AS, id)) {
            try {
                Optional<Problem> refused = RequestLine.problem(request);
                if (refused.isEmpty()) {
                    chain.doFilter(new LimitedRequest(request), new ReplacedHeaders(response));
                } else {
                    problems.refused(request, response, refused.get());
                }
            } catch (Exception | StackOverflowError failure) {
                problems.answer(request, response, cause(failure));
            }
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new WhenComplete(request, response, start));
            } else {
                recorder.record(request, response, start);
            }
        }
    }

    /** The dispatcher wraps what escapes a controller. */
    private static Throwable cause(Throwable failure) {
        return failure instanceof ServletException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Records a streamed answer when it has ended, however it ended. */
    private final class WhenComplete implements AsyncListener {
        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final long start;

        WhenComplete(HttpServletRequest request, HttpServletResponse response, long start) {
            this.request = request;
            this.response = response;
            this.start = start;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            try (var ignored = MDC.putCloseable(LOGGED_AS, RequestIds.of(request))) {
                recorder.record(request, response, start);
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
