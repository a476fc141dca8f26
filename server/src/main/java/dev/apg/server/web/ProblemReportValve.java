package dev.apg.server.web;

import dev.apg.contract.ProblemDocument;
import dev.apg.contract.WireJson;
import jakarta.servlet.RequestDispatcher;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Answers with a problem what Tomcat refuses before any filter sees it: bad request lines, headers that are too large. */
public final class ProblemReportValve extends ErrorReportValve {
    private static final String TOO_LARGE =
            StringManager.getManager("org.apache.coyote.http11").getString("iib.requestheadertoolarge.error");

    /** Tomcat says 400 to whatever does not fit its buffer; by what it got to read, it was the target or the headers. */
    private static int status(Request request, Response response) {
        boolean tooLarge = response.getStatus() == 400
                && switch (request.getCoyoteRequest().getAttribute(RequestDispatcher.ERROR_EXCEPTION)) {
                    case IllegalArgumentException failure -> TOO_LARGE.equals(failure.getMessage());
                    // More headers than Tomcat counts to.
                    case IllegalStateException failure -> true;
                    case null, default -> false;
                };
        if (!tooLarge) {
            return response.getStatus();
        }
        return request.getCoyoteRequest().requestURI().isNull() ? 414 : 431;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = status(request, response);
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus known = HttpStatus.resolve(status);
        Problem problem = Failures.refused(status);
        try {
            // Whatever was set before may have been thrown away with the answer that could not be given.
            SecurityHeaders.write(request, response);
            response.setStatus(status);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream()
                    .write(WireJson.MAPPER.writeValueAsBytes(new ProblemDocument(
                            "urn:apg:problem:" + problem.code(),
                            known == null ? "Error" : known.getReasonPhrase(),
                            status,
                            problem.detail(),
                            problem.code(),
                            null,
                            null,
                            null)));
            response.finishResponse();
        } catch (IOException gone) {
            // Nobody is there to be answered.
            container.getLogger().debug("The client went away before it was answered.", gone);
        }
    }
}
