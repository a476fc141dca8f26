package dev.apg.cli.client;

import dev.apg.cli.ExitCode;
import dev.apg.contract.ProblemDocument;
import dev.apg.contract.ProblemDocument.FieldError;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The server refused a request and said why. */
public final class ProblemException extends RuntimeException {
    private final transient ProblemDocument problem;
    private final String said;
    private final transient List<String> advice;

    public ProblemException(ProblemDocument problem) {
        this(problem, problem.detail());
    }

    /**
     * @param said what a person is told: the server's detail, and what only this side knows
     */
    public ProblemException(ProblemDocument problem, String said) {
        this(problem, said, List.of());
    }

    private ProblemException(ProblemDocument problem, String said, List<String> advice) {
        super(said);
        this.problem = problem;
        this.said = said;
        this.advice = List.copyOf(advice);
    }

    /** The same refusal, followed by what to do about it. */
    public ProblemException withAdvice(String sentence) {
        return withAdvice(List.of(sentence));
    }

    public ProblemException withAdvice(List<String> sentences) {
        return new ProblemException(problem, said, sentences);
    }

    /** Sentences for people, after all else. */
    public List<String> advice() {
        return advice;
    }

    /** What a person is told. */
    public String said() {
        return said;
    }

    public ProblemDocument problem() {
        return problem;
    }

    public List<FieldError> errors() {
        return Optional.ofNullable(problem.errors()).orElse(List.of());
    }

    /** The same refusal, with other words for the offending fields: those of the file that a person wrote. */
    public ProblemException mapErrors(UnaryOperator<FieldError> change) {
        if (problem.errors() == null) {
            return this;
        }
        return new ProblemException(
                new ProblemDocument(
                        problem.type(),
                        problem.title(),
                        problem.status(),
                        problem.detail(),
                        problem.code(),
                        problem.instance(),
                        problem.requestId(),
                        errors().stream().map(change).toList()),
                said,
                advice);
    }

    public ExitCode exitCode() {
        return switch (problem.status()) {
            case 401, 403 -> ExitCode.DENIED;
            case 404, 410 -> ExitCode.NOT_FOUND;
            case 409, 412, 428 -> ExitCode.CONFLICT;
            case 400, 422 -> isAboutArguments() ? ExitCode.USAGE : ExitCode.INVALID;
            case 413, 415 -> ExitCode.INVALID;
            case 429, 503 -> ExitCode.UNAVAILABLE;
            default -> ExitCode.FAILED;
        };
    }

    /**
     * Whether a value has a form that nothing of its kind has, and stood on the command line: what stands in a document
     * has a place there. It is as wrong as what is refused before it is sent.
     */
    private boolean isAboutArguments() {
        boolean form = problem.status() == 400
                || problem.code().equals("document.invalid")
                || problem.code().endsWith(".malformed");
        return form
                && !errors().isEmpty()
                && errors().stream()
                        .allMatch(error -> error.source() == null
                                && error.line() == null
                                && !error.field().equals("body"));
    }
}
