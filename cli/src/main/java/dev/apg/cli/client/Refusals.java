package dev.apg.cli.client;

import dev.apg.contract.ProblemDocument;
import dev.apg.contract.ProblemDocument.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads why a server refused a request.
 *
 * @param answers reads what a newer server says, too
 */
record Refusals(ServerAddress server, JsonMapper answers) {
    /** The code of a refusal that came without a problem document. */
    static final String UNEXPLAINED = "client.unexpected_answer";

    private static final int TOO_MANY = 429;

    /** Whoever is told this has no token yet. */
    private static final String LOGIN_REFUSED = "login.refused";

    ProblemException of(int status, byte[] body) {
        try {
            ProblemDocument told = answers.readValue(body, ProblemDocument.class);
            if (told == null || told.code() == null || told.detail() == null || !areWhole(told.errors())) {
                return unexplained(status);
            }
            return status == 401 && !told.code().equals(LOGIN_REFUSED)
                    ? new ProblemException(told, server.refused(told.detail()))
                    : new ProblemException(told);
        } catch (JacksonException e) {
            return unexplained(status);
        }
    }

    /** Others have problem documents, too, whose errors have other fields. */
    private static boolean areWhole(@Nullable List<FieldError> errors) {
        return errors == null
                || errors.stream()
                        .noneMatch(error -> error == null
                                || error.field() == null
                                || error.expected() == null
                                || error.code() == null);
    }

    private ProblemException unexplained(int status) {
        return new ProblemException(new ProblemDocument(
                "about:blank",
                "Unexpected answer",
                status,
                status == TOO_MANY
                        ? "%s is asked too often (expected: a try later)".formatted(server.url())
                        : "%s answered %d without saying why: is APG_URL right?".formatted(server.url(), status),
                UNEXPLAINED,
                null,
                null,
                null));
    }
}
