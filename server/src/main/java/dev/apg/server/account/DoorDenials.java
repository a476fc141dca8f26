package dev.apg.server.account;

import dev.apg.server.web.Caller;
import dev.apg.server.web.Denial;
import dev.apg.server.web.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Publishes what is refused to somebody who is known at the door, before any controller has the request. */
@Component
class DoorDenials {
    private final ApplicationEventPublisher publisher;

    DoorDenials(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    /** @throws Rejection as the rule does */
    void tell(HttpServletRequest request, Caller caller, Runnable rule) {
        try {
            rule.run();
        } catch (Rejection refused) {
            publisher.publishEvent(new Denial(
                    caller.context(request), refused.code(), Optional.empty(), request.getMethod(), Optional.empty()));
            throw refused;
        }
    }
}
