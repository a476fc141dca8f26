package dev.apg.cli;

/** The exit codes of {@code apg}, stable for scripts; docs/cli.md lists them. */
public enum ExitCode {
    OK(0),
    /** Something went wrong that is not listed below. */
    FAILED(1),
    /** The command line itself is wrong. */
    USAGE(2),
    /** What was named does not exist. */
    NOT_FOUND(3),
    /** The state on the server is another one: it changed meanwhile, or the version exists with other content. */
    CONFLICT(4),
    /** The input was read and breaks a rule. */
    INVALID(5),
    /** There is no consistent set; the explanation was printed. */
    UNSOLVABLE(6),
    /** No or no valid token, or not allowed. */
    DENIED(7),
    /** The server cannot be reached or is not ready. */
    UNAVAILABLE(8),
    /** Newer versions can be had, and whoever asked wanted to be told so. */
    OUTDATED(9),
    /** What was asked for by {@code --fail-on} is the case. */
    AFFECTED(10),
    /** The audit log is not what it was. */
    TAMPERED(11);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
