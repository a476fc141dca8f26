package dev.apg.server.web;

import dev.apg.contract.ProblemDocument.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Where the fields of a request's body stand. Remembered with the request, because most rules are looked at when the body
 * has long become a record that knows no lines.
 */
final class BodyLines {
    private static final String ATTRIBUTE = BodyLines.class.getName();

    private BodyLines() {}

    /** Remembers the lines of the body that was just read; JSON comes without lines that mean anything to its author. */
    static void remember(SourceDocument body) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null && !body.isOneLine()) {
            request.setAttribute(ATTRIBUTE, body.lineTree(), RequestAttributes.SCOPE_REQUEST);
        }
    }

    /** The errors of a document that breaks rules, each with the line of its field as far as that is in the body. */
    static List<FieldError> locate(HttpServletRequest request, List<FieldError> errors) {
        if (!(request.getAttribute(ATTRIBUTE) instanceof LineTree lines)) {
            return errors;
        }
        return errors.stream()
                .map(error -> error.line() == null && lines.begins(error.field()) ? located(error, lines) : error)
                .sorted(SourceDocument.BY_LINE)
                .toList();
    }

    private static FieldError located(FieldError error, LineTree lines) {
        return new FieldError(
                error.source(),
                lines.lineOf(error.field()),
                error.field(),
                error.value(),
                error.expected(),
                error.code(),
                error.finding());
    }
}
