package dev.apg.server.web;

import java.time.Duration;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Tells whether somebody still waits for an answer. To be asked by one thread at a time. */
@FunctionalInterface
public interface ClientWatch {
    /** How often whoever waits for long should ask. */
    Duration EVERY = Duration.ofMillis(200);

    boolean isGone();

    /** Of the request that the thread is answering; of work without a request, whose result is always wanted. */
    static ClientWatch ofRequest() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        return request != null
                        && request.getAttribute(ClientWatch.class.getName(), RequestAttributes.SCOPE_REQUEST)
                                instanceof ClientWatch watch
                ? watch
                : () -> false;
    }

    /** @throws ClientGoneException if nobody does */
    default void requireClient() {
        if (isGone()) {
            throw new ClientGoneException();
        }
    }
}
