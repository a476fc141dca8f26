package dev.apg.server.web;

import dev.apg.contract.ProblemDocument;
import dev.apg.contract.WireJson;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Answers with a problem what Tomcat refuses before any filter sees it: bad request lines, headers that are too large. */
public final class ProblemReportValve extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus known = HttpStatus.resolve(status);
        Problem problem = Failures.refused(status);
        try {
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
