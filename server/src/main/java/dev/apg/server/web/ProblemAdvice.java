package dev.apg.server.web;

import dev.apg.server.tenancy.PermissionDeniedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.HandlerMapping;

/** Turns whatever a controller throws into a problem. */
@RestControllerAdvice
class ProblemAdvice {
    private final Problems problems;
    private final ApplicationEventPublisher publisher;

    ProblemAdvice(Problems problems, ApplicationEventPublisher publisher) {
        this.problems = problems;
        this.publisher = publisher;
    }

    @ExceptionHandler
    void answer(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (failure instanceof PermissionDeniedException denied) {
            publisher.publishEvent(new Denial(
                    EdgeArguments.context(request),
                    denied.permission(),
                    "%s %s"
                            .formatted(
                                    request.getMethod(),
                                    request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))));
        }
        problems.answer(request, response, failure);
    }
}
