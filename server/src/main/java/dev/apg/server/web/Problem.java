package dev.apg.server.web;

import dev.apg.contract.ProblemDocument.FieldError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** A failure as the client will see it. */
record Problem(
        HttpStatusCode status, String code, String detail, List<FieldError> errors, Map<String, String> headers) {

    Problem {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    static Problem of(int status, String code, String detail) {
        return new Problem(HttpStatusCode.valueOf(status), code, detail, List.of(), Map.of());
    }

    static Problem of(int status, FieldError error) {
        return of(Rejection.of(
                HttpStatus.valueOf(status), error.code(), Rejection.summary(List.of(error)), List.of(error)));
    }

    static Problem of(Rejection rejection) {
        return new Problem(
                rejection.status(),
                rejection.code(),
                rejection.detail(),
                rejection.errors(),
                rejection
                        .retryAfter()
                        .map(after -> Map.of("Retry-After", Long.toString(Math.max(1, after.toSeconds()))))
                        .orElse(Map.of()));
    }

    /** The same with its errors where they stand in the body; code and detail go on being about the first of them. */
    Problem located(List<FieldError> located) {
        boolean ofFirst = !errors.isEmpty() && code.equals(errors.getFirst().code());
        boolean summary = detail.equals(Rejection.summary(errors));
        return new Problem(
                status,
                ofFirst ? located.getFirst().code() : code,
                summary ? Rejection.summary(located) : detail,
                located,
                headers);
    }

    Problem withHeader(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new Problem(status, code, detail, errors, more);
    }
}
