package dev.apg.server.web;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.server.secret.SecretUnreadableException;
import dev.apg.server.tenancy.PermissionDeniedException;
import dev.apg.server.tenancy.TenantGoneException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The one place that says which failure is which problem. */
final class Failures {
    private Failures() {}

    /** The problem; empty for what nobody foresaw, which is a defect of ours. */
    static Optional<Problem> problem(Throwable failure) {
        return Optional.ofNullable(
                switch (failure) {
                    case Rejection rejection -> Problem.of(rejection);
                    case PermissionDeniedException denied ->
                        Problem.of(Rejection.of(
                                HttpStatus.FORBIDDEN,
                                "permission.denied",
                                String.valueOf(denied.getMessage()),
                                denied.errors()));
                    case TenantGoneException gone ->
                        Problem.of(401, "token.invalid", String.valueOf(gone.getMessage()));
                    case SecretUnreadableException ignored ->
                        Problem.of(
                                        503,
                                        "secret.unreadable",
                                        "A secret that is needed for this cannot be read; the server's log names it, and the key that is missing.")
                                .withHeader("Retry-After", "60");
                    case NoResourceFoundException ignored -> unknownPath();
                    case NoHandlerFoundException ignored -> unknownPath();
                    case HttpRequestMethodNotSupportedException method -> method(method);
                    case HttpMediaTypeNotSupportedException type -> mediaType(type);
                    case HttpMediaTypeNotAcceptableException type ->
                        Problem.of(
                                406,
                                "media_type.not_acceptable",
                                "Accept: expected one of " + types(type.getSupportedMediaTypes()));
                    case MethodArgumentNotValidException invalid ->
                        Problem.of(Rejection.invalid(Violations.of(invalid.getBindingResult())));
                    case HandlerMethodValidationException invalid ->
                        Problem.of(Rejection.malformed(Violations.of(invalid)));
                    case MissingServletRequestParameterException missing ->
                        Problem.of(400, Rejection.at(missing.getParameterName(), null, "a value", "parameter.missing"));
                    case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch.getName(), mismatch);
                    case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
                    case InvalidParameterException ignored -> malformed();
                    case RequestRejectedException ignored -> unacceptable();
                    case ErrorResponse response
                    when response.getStatusCode().is4xxClientError() ->
                        Problem.of(response.getStatusCode().value(), "request.refused", "The request was refused.");
                    default -> DatabaseFailures.problem(failure).orElseGet(() -> conflict(failure));
                });
    }

    /** A request that breaks HTTP's own rules. */
    static Problem malformed() {
        return Problem.of(
                400,
                "request.malformed",
                "The request's path or query is malformed (expected: valid UTF-8 and percent-encoding, without NUL).");
    }

    /** A request with characters that nobody accepts, in a place that is not told. */
    static Problem unacceptable() {
        return Problem.of(
                400,
                "request.malformed",
                "The request's path, parameters or headers have characters that are not accepted there.");
    }

    /** What was refused with nothing but a status, mostly before anything of ours saw it. */
    static Problem refused(int status) {
        return switch (status) {
            case 404 -> unknownPath();
            case 405 -> Problem.of(status, "method.not_allowed", "This method is not allowed here.");
            // The container's own word for a body of which nothing came until it gave the connection up.
            case 408 -> Problem.of(status, "body.too_slow", LeastRate.silent());
            case 414 -> Problem.of(status, "request.uri_too_long", "The request's path and query are too long.");
            case 431 -> Problem.of(status, "request.headers_too_large", "The request's headers are too large.");
            case 501 ->
                Problem.of(
                        status,
                        "request.not_implemented",
                        "The request needs a method or a transfer coding that this server does not have.");
            case 503 -> Problem.of(status, "server.unavailable", "The server is not ready, or about to stop.");
            case 505 ->
                Problem.of(
                        status,
                        "request.http_version",
                        "The request is of a version of HTTP that this server does not speak (expected: 1.1).");
            default ->
                status >= 400 && status < 500
                        ? Problem.of(status, "request.malformed", "The request breaks the rules of HTTP.")
                        : unexpected();
        };
    }

    /**
     * Whether there is nothing left to answer: the client went away, or broke the rules of HTTP in the middle of its body,
     * for which the container answers 400 on its own.
     */
    static boolean isConnectionLost(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClientGoneException
                    || cause instanceof ClientAbortException
                    || cause instanceof AsyncRequestNotUsableException
                    || cause instanceof BadRequestException) {
                return true;
            }
        }
        return false;
    }

    static Problem unknownPath() {
        return Problem.of(
                404,
                "path.not_found",
                "There is nothing at this path; /api/openapi.json lists what there is. A code with a slash is one segment: acme%2Fredis.");
    }

    private static Problem method(HttpRequestMethodNotSupportedException failure) {
        String allowed = failure.getSupportedHttpMethods() == null
                ? ""
                : failure.getSupportedHttpMethods().stream()
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return Problem.of(405, Rejection.at("method", failure.getMethod(), allowed, "method.not_allowed"))
                .withHeader("Allow", allowed);
    }

    private static Problem mediaType(HttpMediaTypeNotSupportedException failure) {
        String sent = failure.getContentType() == null
                ? null
                : failure.getContentType().toString();
        return Problem.of(
                415,
                Rejection.at(
                        "Content-Type", sent, types(failure.getSupportedMediaTypes()), "media_type.not_supported"));
    }

    private static String types(List<MediaType> types) {
        return types.stream().map(MediaType::toString).distinct().collect(Collectors.joining(", "));
    }

    private static Problem mismatch(String name, TypeMismatchException mismatch) {
        for (Throwable cause = mismatch; cause != null; cause = cause.getCause()) {
            if (cause instanceof Rejection rejection) {
                return Problem.of(rejection);
            }
        }
        return Problem.of(
                400,
                Rejection.at(
                        Violations.snakeCase(name),
                        mismatch.getValue(),
                        Expectations.of(mismatch.getRequiredType()),
                        "parameter.wrong_type"));
    }

    private static @Nullable Problem unreadable(HttpMessageNotReadableException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Rejection rejection) {
                return Problem.of(rejection);
            }
        }
        return failure.getCause() instanceof IOException
                ? Problem.of(400, "body.interrupted", "The body ended before it was complete.")
                : Problem.of(400, Rejection.at("body", null, "a document", "body.missing"));
    }

    /** A reference or a name that two requests raced for. What any other constraint refuses, no state would have let pass. */
    private static @Nullable Problem conflict(Throwable failure) {
        return DatabaseFailures.isRace(failure)
                ? Problem.of(409, "state.conflict", "The request does not fit the present state; read it again.")
                : null;
    }

    static Problem unexpected() {
        return new Problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "server.defect",
                "Something went wrong that is not the request's fault; the log has it under the request id.",
                List.<FieldError>of(),
                Map.of());
    }
}
