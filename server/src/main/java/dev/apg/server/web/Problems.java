package dev.apg.server.web;

import dev.apg.contract.ProblemDocument;
import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.WireJson;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Writes RFC 9457 problems, whatever the client said it accepts, and logs the defects among them, once. */
@Component
public class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int LONGEST_INSTANCE = 500;

    /** Of no standard, but what proxies log for a request whose client has closed its connection. */
    private static final int CLIENT_GONE = 499;

    /** 401: there is no token, or not a valid one. */
    public void unauthenticated(HttpServletRequest request, HttpServletResponse response, boolean sent)
            throws IOException {
        String detail = sent
                ? "Authorization: expected Bearer and a token that is valid, not expired and not revoked"
                : "Authorization is missing (expected: Bearer and a token)";
        write(request, response, Problem.of(401, sent ? "token.invalid" : "token.missing", detail));
    }

    /** 401: a cookie of a session that is none any more. */
    public void sessionEnded(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(
                request,
                response,
                Problem.of(
                        401,
                        "session.ended",
                        "The session ended or was not used for too long (expected: to log in again)."));
    }

    /** 400: a header that says who somebody is, more than once: proxies and servers disagree about which one counts. */
    public void repeatedHeader(HttpServletRequest request, HttpServletResponse response, String name, int times)
            throws IOException {
        write(
                request,
                response,
                Problem.of(
                        400, "request.header_repeated", "%s: sent %d times (expected: once)".formatted(name, times)));
    }

    /** 400: a request with characters that nobody accepts, in a place that is not told. */
    public void malformed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(request, response, Failures.unacceptable());
    }

    /** A refusal that was put into words already. */
    void refused(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        write(request, response, problem);
    }

    /** A refusal that has nothing but a status. */
    void refused(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
        write(request, response, Failures.refused(status));
    }

    /** The answer to a request that failed. */
    void answer(HttpServletRequest request, HttpServletResponse response, Throwable failure) throws IOException {
        Problem problem = foreseen(failure);
        if (!Failures.isConnectionLost(failure)) {
            write(request, response, problem);
        } else if (failure instanceof ClientGoneException && !response.isCommitted()) {
            response.setStatus(CLIENT_GONE);
        }
    }

    /** A failure as a document, for an answer of several lines that has begun already. */
    public ProblemDocument describe(HttpServletRequest request, Throwable failure) {
        return document(foreseen(failure), request);
    }

    private static Problem foreseen(Throwable failure) {
        Optional<Problem> foreseen = Failures.problem(failure);
        if (Failures.isConnectionLost(failure)) {
            LOG.debug("The connection is of no use any more.");
        } else if (foreseen.isEmpty()) {
            LOG.error("A request failed in a way that nobody foresaw.", failure);
        } else if (foreseen.get().status().value() == 503) {
            LOG.warn("A request could not be answered now: {}", failure.toString());
        } else if (foreseen.get().code().equals("state.conflict")) {
            LOG.warn("A constraint refused a write that no rule had refused.", failure);
        }
        return foreseen.orElseGet(Failures::unexpected);
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        if (response.isCommitted()) {
            // Too late for a problem; an answer cut short tells the client at least that it is not complete.
            throw new IOException("the answer had begun when the request failed: " + problem.code());
        }
        response.resetBuffer();
        response.setStatus(problem.status().value());
        problem.headers().forEach(response::setHeader);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        byte[] body = WireJson.MAPPER.writeValueAsBytes(document(problem, request));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    private static ProblemDocument document(Problem refused, HttpServletRequest request) {
        Problem problem = refused.status() == HttpStatus.UNPROCESSABLE_CONTENT
                ? refused.located(BodyLines.locate(request, refused.errors()))
                : refused;
        HttpStatus status = HttpStatus.resolve(problem.status().value());
        List<FieldError> errors =
                problem.errors().stream().map(Problems::withoutSecrets).toList();
        // What the container refuses, it has answered at a path of its own.
        String path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String asked
                ? asked
                : request.getRequestURI();
        return new ProblemDocument(
                "urn:apg:problem:" + problem.code(),
                status == null ? "Error" : status.getReasonPhrase(),
                problem.status().value(),
                RecognisableSecrets.masked(problem.detail()),
                problem.code(),
                path != null
                                && path.length() <= LONGEST_INSTANCE
                                && !RecognisableSecrets.isIn(path)
                                && StandardCharsets.US_ASCII.newEncoder().canEncode(path)
                        ? path
                        : null,
                RequestIds.of(request),
                errors.isEmpty() ? null : errors);
    }

    private static FieldError withoutSecrets(FieldError error) {
        String value = error.value();
        return new FieldError(
                error.source(),
                error.line(),
                RecognisableSecrets.masked(error.field()),
                value == null ? null : RecognisableSecrets.masked(value),
                error.expected(),
                error.code(),
                error.finding());
    }
}
