package dev.apg.server.web;

import dev.apg.contract.HiddenCharacters;
import dev.apg.contract.ProblemDocument.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Refuses a request; the edge turns it into a problem. Thrown by services and controllers for everything that the
 * client can do something about. Its code is part of the API: stable, dotted, lower case, such as {@code
 * version.digest_differs}.
 */
public final class Rejection extends RuntimeException {
    private static final int SHOWN = 100;

    private final HttpStatus status;
    private final String code;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    private Rejection(
            HttpStatus status, String code, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
        // An answer, not an accident: no stack trace, so that refusing costs as little as agreeing.
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** 400: the request cannot be read; the code is that of the error which stands first. */
    public static Rejection malformed(List<FieldError> errors) {
        return new Rejection(HttpStatus.BAD_REQUEST, errors.getFirst().code(), summary(errors), errors, null);
    }

    /** 400: one field of the request cannot be read. */
    public static Rejection malformed(String code, String field, @Nullable Object value, String expected) {
        return malformed(List.of(at(field, value, expected, code)));
    }

    /** 404: nothing of this kind (the glossary's word) has this code, number or id; the code is {@code kind.not_found}. */
    public static Rejection notFound(String kind, String name) {
        return notFound(kind, name, Optional.empty());
    }

    /** 404, with the name that was probably meant. */
    public static Rejection notFound(String kind, String name, Optional<String> near) {
        return notFound(
                kind,
                name,
                "a %s that exists%s"
                        .formatted(
                                kind.replace('_', ' '),
                                near.map("; did you mean %s?"::formatted).orElse("")));
    }

    /** 404, where more can be said of what was expected. */
    public static Rejection notFound(String kind, String name, String expected) {
        FieldError error = at(kind, name, expected, kind + ".not_found");
        return new Rejection(HttpStatus.NOT_FOUND, error.code(), summary(List.of(error)), List.of(error), null);
    }

    /** 409: the request is right but does not fit the present state. */
    public static Rejection conflict(String code, String detail) {
        return conflict(code, detail, List.of());
    }

    /** 409, naming fields. */
    public static Rejection conflict(String code, String detail, List<FieldError> errors) {
        return new Rejection(HttpStatus.CONFLICT, code, detail, errors, null);
    }

    /** 410: a cursor or a resource that once was. */
    public static Rejection gone(String code, String detail) {
        return new Rejection(HttpStatus.GONE, code, detail, List.of(), null);
    }

    /** 412: the edition that {@code If-Match} names is not the present one. */
    public static Rejection stale(String detail) {
        return new Rejection(HttpStatus.PRECONDITION_FAILED, "precondition.failed", detail, List.of(), null);
    }

    /** 413: larger than what this operation takes. */
    public static Rejection tooLarge(String code, String detail) {
        return new Rejection(HttpStatus.CONTENT_TOO_LARGE, code, detail, List.of(), null);
    }

    /** 422: a readable document that breaks rules; every offending field. The code is that of the error which stands first. */
    public static Rejection invalid(List<FieldError> errors) {
        return new Rejection(HttpStatus.UNPROCESSABLE_CONTENT, errors.getFirst().code(), summary(errors), errors, null);
    }

    /** 422: one field breaks a rule. */
    public static Rejection invalid(String code, String field, @Nullable Object value, String expected) {
        return invalid(List.of(at(field, value, expected, code)));
    }

    /** 429: too many of the kind; the request may be repeated after the given time. */
    public static Rejection tooMany(String code, String detail, Duration retryAfter) {
        return new Rejection(HttpStatus.TOO_MANY_REQUESTS, code, detail, List.of(), retryAfter);
    }

    /** 503: the request may be repeated after the given time. */
    public static Rejection unavailable(String code, String detail, Duration retryAfter) {
        return new Rejection(HttpStatus.SERVICE_UNAVAILABLE, code, detail, List.of(), retryAfter);
    }

    /** Any other status. */
    public static Rejection of(HttpStatus status, String code, String detail, List<FieldError> errors) {
        return new Rejection(status, code, detail, errors, null);
    }

    /**
     * An offending field; the value is shortened for the answer.
     *
     * @param field a dotted path such as {@code requirements[2].range}
     * @param expected what would have been accepted, as a noun phrase: {@code 1 to 100}
     * @param code of the rule: {@code too_long}, {@code range.malformed}
     */
    public static FieldError at(String field, @Nullable Object value, String expected, String code) {
        return new FieldError(null, null, field, shortened(value), expected, code);
    }

    /** The value as a person may read it, at most about 100 characters; null stays null. */
    static @Nullable String shortened(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        return legible(value.toString(), SHOWN);
    }

    /** The text as a person may read it, with an ellipsis in the place of what is behind so many characters. */
    static String legible(String written, int most) {
        String text = written.codePointCount(0, written.length()) > most
                ? written.substring(0, written.offsetByCodePoints(0, most)) + "…"
                : written;
        // A value may have been refused for exactly these characters; the answer must still be valid UTF-8.
        var shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int c = text.codePointAt(i);
            if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                shown.append('\uFFFD');
            } else if (HiddenCharacters.isHiddenAt(text, i)) {
                shown.append('<').append(HiddenCharacters.name(c)).append('>');
            } else {
                shown.appendCodePoint(c);
            }
        }
        return shown.toString();
    }

    static String summary(List<FieldError> errors) {
        if (errors.isEmpty()) {
            return "The request was refused.";
        }
        FieldError first = errors.getFirst();
        String said = first.value() == null
                ? "%s (expected: %s)".formatted(first.field(), first.expected())
                : "%s: %s (expected: %s)".formatted(first.field(), first.value(), first.expected());
        return errors.size() == 1 ? said : said + ", and %d more".formatted(errors.size() - 1);
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** Never null; kept apart from the exception's message, which is for people. */
    public String detail() {
        return Objects.requireNonNull(getMessage());
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
