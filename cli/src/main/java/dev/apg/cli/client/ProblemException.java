package dev.apg.cli.client;

import dev.apg.cli.ExitCode;
import dev.apg.contract.ProblemDocument;
import dev.apg.contract.ProblemDocument.FieldError;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The server refused a request and said why. */
public final class ProblemException extends RuntimeException {
    /** The code of a refusal to freeze a draft that breaks a rule. */
    public static final String DRAFT_INVALID = "composition.invalid";

    /** What any field may break, whatever it is of. */
    private static final Set<String> OF_FORM =
            Set.of("missing", "wrong_size", "wrong_form", "out_of_range", "not_visible");

    /** What a validation finds of a draft that has no solution. */
    private static final Set<String> OF_NO_SOLUTION = Set.of("unsatisfied", "conflicting");

    private static final Set<String> UNKNOWN = Set.of("capability.unknown", "service.unknown", "version.unknown");

    private static final int NOT_FOUND = 404;

    private final transient ProblemDocument problem;
    private final transient List<FieldError> errors;
    private final String said;
    private final transient List<String> advice;

    public ProblemException(ProblemDocument problem) {
        this(problem, problem.detail());
    }

    /**
     * @param said what a person is told: the server's detail, and what only this side knows
     */
    public ProblemException(ProblemDocument problem, String said) {
        this(problem, Optional.ofNullable(problem.errors()).orElse(List.of()), said, List.of());
    }

    private ProblemException(ProblemDocument problem, List<FieldError> errors, String said, List<String> advice) {
        super(said);
        this.problem = problem;
        this.errors = List.copyOf(errors);
        this.said = said;
        this.advice = List.copyOf(advice);
    }

    /** The same refusal, followed by what to do about it. */
    public ProblemException withAdvice(String sentence) {
        return withAdvice(List.of(sentence));
    }

    public ProblemException withAdvice(List<String> sentences) {
        return new ProblemException(problem, errors, said, sentences);
    }

    /** Sentences for people, after all else. */
    public List<String> advice() {
        return advice;
    }

    /** What a person is told. */
    public String said() {
        return said;
    }

    /** As the server gave it, for scripts. */
    public ProblemDocument problem() {
        return problem;
    }

    /** The offending fields, as a person is told. */
    public List<FieldError> errors() {
        return errors;
    }

    /** The same refusal, with other words for the offending fields: those of the file that a person wrote. */
    public ProblemException mapErrors(UnaryOperator<FieldError> change) {
        return new ProblemException(problem, errors.stream().map(change).toList(), said, advice);
    }

    /** The same refusal, in other words for a person. */
    public ProblemException saying(String sentence) {
        return new ProblemException(problem, errors, sentence, advice);
    }

    /** Whether what the request asked for does not exist. */
    public boolean isNotFound() {
        return problem.status() == NOT_FOUND;
    }

    public ExitCode exitCode() {
        return switch (problem.status()) {
            case 401, 403 -> ExitCode.DENIED;
            case NOT_FOUND, 410 -> ExitCode.NOT_FOUND;
            case 409, 412, 428 -> ExitCode.CONFLICT;
            case 400, 422 -> {
                if (isUnsolvable()) {
                    yield ExitCode.UNSOLVABLE;
                }
                if (isAboutArguments()) {
                    yield ExitCode.USAGE;
                }
                yield namesNothing() ? ExitCode.NOT_FOUND : ExitCode.INVALID;
            }
            case 413, 415 -> ExitCode.INVALID;
            case 429, 503 -> ExitCode.UNAVAILABLE;
            default -> ExitCode.FAILED;
        };
    }

    /** Whether a draft was refused because no versions go together. */
    private boolean isUnsolvable() {
        return problem.code().equals(DRAFT_INVALID)
                && errors.stream().anyMatch(error -> OF_NO_SOLUTION.contains(error.code()));
    }

    /**
     * Whether a value has a form that nothing of its kind has, and stood on the command line: what stands in a document
     * has a place there. It is as wrong as what is refused before it is sent.
     */
    private boolean isAboutArguments() {
        boolean form = problem.status() == 400
                || OF_FORM.contains(problem.code())
                || problem.code().endsWith(".malformed");
        return form && isOnTheCommandLine();
    }

    /** Whether what the command line names does not exist; that the server found it in a body makes no difference. */
    private boolean namesNothing() {
        return UNKNOWN.contains(problem.code()) && isOnTheCommandLine();
    }

    private boolean isOnTheCommandLine() {
        return !errors.isEmpty()
                && errors.stream()
                        .allMatch(error -> error.source() == null
                                && error.line() == null
                                && !error.field().equals("body"));
    }
}
