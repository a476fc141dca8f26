package dev.apg.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused: RFC 9457 problem details with a stable code.
 *
 * @param code stable, dotted, lower case: {@code version.digest_differs}
 * @param errors each offending field, when the request has any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemDocument(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable String instance,
        @Nullable String requestId,
        @Nullable List<FieldError> errors) {

    /**
     * One offending field.
     *
     * @param source the file or document of a batch, if there is one
     * @param line the line in it, from 1
     * @param field a dotted path such as {@code requirements[2].range}
     * @param value the offending value, shortened
     * @param expected what would have been accepted
     * @param finding what a validation found, as a sentence; absent where field and value say it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FieldError(
            @Nullable String source,
            @Nullable Integer line,
            String field,
            @Nullable String value,
            String expected,
            String code,
            @Nullable String finding) {

        public FieldError(
                @Nullable String source,
                @Nullable Integer line,
                String field,
                @Nullable String value,
                String expected,
                String code) {
            this(source, line, field, value, expected, code, null);
        }
    }
}
