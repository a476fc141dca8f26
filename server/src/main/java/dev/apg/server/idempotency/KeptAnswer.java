package dev.apg.server.idempotency;

import java.util.Map;
import java.util.Optional;

/**
 * The answer to the first request with a key.
 *
 * @param print of the request that it answers
 * @param body empty if it may not be kept, or is too large to be
 */
record KeptAnswer(RequestPrint print, int status, Map<String, String> headers, Optional<byte[]> body) {
    KeptAnswer {
        headers = Map.copyOf(headers);
    }

    /** As if it had not been kept. */
    KeptAnswer withoutBody() {
        return new KeptAnswer(print, status, headers, Optional.empty());
    }
}
