package dev.apg.server.identity;

import dev.apg.server.web.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** Why somebody whom an identity provider sent back does not come in, in words that strangers may read. */
final class ProviderRefusals {
    private static final Logger log = LoggerFactory.getLogger(ProviderRefusals.class);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    /** What the standards call errors; nothing else that a provider answers is shown. */
    private static final Pattern ERROR = Pattern.compile("[a-z_]{1,50}");

    private ProviderRefusals() {}

    static boolean isError(String text) {
        return ERROR.matcher(text).matches();
    }

    /** What is wrong there, strangers are not told. */
    static Rejection unavailable(ProviderRow provider, String why) {
        log.warn("An identity provider could not be asked. provider={} why={}", provider.code(), why);
        return Rejection.unavailable(
                "sign_on.unavailable",
                "The identity provider does not answer as it should (expected: to begin again later; the server's log tells why).",
                RETRY_AFTER);
    }

    static Rejection providerRefused(Optional<String> error) {
        return refused(
                "sign_on.provider_refused",
                "The identity provider refused: %s."
                        .formatted(error.filter(ProviderRefusals::isError).orElse("it does not say why")));
    }

    static Rejection invalid(String why) {
        return refused("sign_on.token_invalid", "What the identity provider says cannot be believed. " + why);
    }

    static Rejection refused(String code, String detail) {
        return Rejection.of(HttpStatus.FORBIDDEN, code, detail, List.of());
    }
}
