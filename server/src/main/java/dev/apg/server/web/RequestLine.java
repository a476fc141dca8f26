package dev.apg.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks at method, path, query and the type of the body before anybody decodes them. Decoders would replace what is not
 * UTF-8, and so change the request; and Spring's firewall, which comes next, refuses the rest of this without a word on what
 * it was, or fails on it.
 */
final class RequestLine {
    /** Those that any path has; a path's own are for the dispatcher to tell. */
    static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final String ALLOWED = String.join(", ", new TreeSet<>(METHODS));

    private RequestLine() {}

    /** Why the request is refused, if it is. */
    static Optional<Problem> problem(HttpServletRequest request) {
        if (!METHODS.contains(request.getMethod())) {
            return Optional.of(Problem.of(
                            405, Rejection.at("method", request.getMethod(), "one of " + ALLOWED, "method.not_allowed"))
                    .withHeader("Allow", ALLOWED));
        }
        String path = request.getRequestURI();
        if (!RequestText.isWellFormed(path) || !RequestText.isWellFormed(request.getQueryString())) {
            return Optional.of(Failures.malformed());
        }
        String type = request.getContentType();
        if (type != null && type.split(";", 2)[0].contains("*")) {
            return Optional.of(Problem.of(
                    415,
                    Rejection.at(
                            "Content-Type", type, "one type, such as application/json", "media_type.not_supported")));
        }
        return expected(path).map(expected -> Problem.of(400, Rejection.at("path", path, expected, "path.malformed")));
    }

    /** What a well-formed path should have been; empty if it is fine. */
    private static Optional<String> expected(String path) {
        String decoded = RequestText.decoded(path);
        // A slash inside a segment is sent as %2F; nothing that has a name here is called like a step up.
        List<String> parts = Arrays.asList(decoded.split("/", -1));
        if (decoded.contains("//")) {
            return Optional.of("one slash between two segments");
        }
        if (decoded.indexOf(';') >= 0) {
            return Optional.of("segments without a semicolon");
        }
        if (parts.contains(".") || parts.contains("..")) {
            return Optional.of("no segment . or .., not as a part of one either");
        }
        if (decoded.indexOf('\\') >= 0 || decoded.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("segments without backslashes and control characters");
        }
        return Optional.empty();
    }
}
