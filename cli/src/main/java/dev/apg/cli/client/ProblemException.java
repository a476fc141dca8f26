package dev.apg.cli.client;

import dev.apg.cli.ExitCode;
import dev.apg.contract.ProblemDocument;

/** The server refused a request and said why. */
public final class ProblemException extends RuntimeException {
    private final transient ProblemDocument problem;

    ProblemException(ProblemDocument problem) {
        super(problem.detail());
        this.problem = problem;
    }

    public ProblemDocument problem() {
        return problem;
    }

    public ExitCode exitCode() {
        return switch (problem.status()) {
            case 401, 403 -> ExitCode.DENIED;
            case 404, 410 -> ExitCode.NOT_FOUND;
            case 409, 412, 428 -> ExitCode.CONFLICT;
            case 400, 413, 415, 422 -> ExitCode.INVALID;
            case 429, 503 -> ExitCode.UNAVAILABLE;
            default -> ExitCode.FAILED;
        };
    }
}
