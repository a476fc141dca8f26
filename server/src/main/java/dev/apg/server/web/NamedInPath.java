package dev.apg.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;

/** Which thing a request's path names, for the audit log: {@code hello} of {@code /api/v1/capabilities/hello/grants}. */
final class NamedInPath {
    /** What may stand in a log for ever: nothing that could be no code, number or id. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][A-Za-z0-9._/+-]{0,255}");

    private static final Map<String, String> KINDS = Map.of(
            "capabilities", "capability",
            "compositions", "composition",
            "services", "service",
            "teams", "team",
            "roles", "role",
            "identity-providers", "identity_provider",
            "accounts", "account",
            "tokens", "token",
            "clients", "client",
            "pipelines", "pipeline");

    private static final Map<String, String> PARTS = Map.of("capability", "version", "composition", "revision");

    private NamedInPath() {}

    static Optional<Denial.Named> of(HttpServletRequest request) {
        if (!(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String pattern)
                || !(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                        instanceof Map<?, ?> variables)) {
            return Optional.empty();
        }
        String[] segments = pattern.split("/", 6);
        @Nullable String kind = segments.length > 4 ? KINDS.get(segments[3]) : null;
        return kind == null
                ? Optional.empty()
                : text(variables, "code")
                        .or(() -> text(variables, "id"))
                        .map(name -> text(variables, "number")
                                .filter(number -> PARTS.containsKey(kind))
                                .map(number -> new Denial.Named(PARTS.getOrDefault(kind, kind), name + "@" + number))
                                .orElseGet(() -> new Denial.Named(kind, name)));
    }

    private static Optional<String> text(Map<?, ?> variables, String name) {
        return variables.get(name) instanceof String text && NAME.matcher(text).matches()
                ? Optional.of(text)
                : Optional.empty();
    }
}
