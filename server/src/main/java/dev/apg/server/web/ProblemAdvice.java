package dev.apg.server.web;

import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.PermissionDeniedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.HandlerMapping;

/** Turns whatever a controller throws into a problem. */
@RestControllerAdvice
class ProblemAdvice {
    /** Codes of refusals of what no permission would give: something else has to act. */
    private static final Set<String> OF_ACTORS = Set.of("account.required", "session.required");

    private final Problems problems;
    private final ApplicationEventPublisher publisher;

    ProblemAdvice(Problems problems, ApplicationEventPublisher publisher) {
        this.problems = problems;
        this.publisher = publisher;
    }

    @ExceptionHandler
    void answer(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (failure) {
            case PermissionDeniedException denied ->
                publish(request, "permission.denied", Optional.of(denied.permission()));
            case Rejection refused
            when OF_ACTORS.contains(refused.code()) -> publish(request, refused.code(), Optional.empty());
            default -> {
                // Nothing that the audit log has.
            }
        }
        problems.answer(request, response, failure);
    }

    private void publish(HttpServletRequest request, String why, Optional<Permission> needs) {
        publisher.publishEvent(new Denial(
                EdgeArguments.context(request),
                why,
                needs,
                "%s %s"
                        .formatted(
                                request.getMethod(),
                                request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)),
                NamedInPath.of(request)));
    }
}
