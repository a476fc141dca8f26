package dev.apg.cli;

import dev.apg.cli.client.ProblemException;
import dev.apg.cli.client.ServerAddress;
import dev.apg.cli.output.ShellText;
import dev.apg.cli.output.Table;
import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.WireJson;
import dev.apg.server.platform.config.ConfigurationException;
import dev.apg.server.platform.database.MigrationException;
import dev.apg.server.platform.postgres.EmbeddedPostgresException;
import java.io.PrintWriter;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JacksonException;

/** Turns what went wrong into sentences for people and a code for scripts. */
final class ExecutionFailures implements IExecutionExceptionHandler {
    /** By file and line; the sorting is stable, so that errors of a line stay as the server gave them. */
    private static final Comparator<FieldError> IN_READING_ORDER = Comparator.<FieldError, String>comparing(
                    error -> error.source() == null ? "" : error.source())
            .thenComparingInt(error -> error.line() == null ? 0 : error.line());

    private final Shell shell;

    ExecutionFailures(Shell shell) {
        this.shell = shell;
    }

    /** What is said of a failure. */
    record Told(ExitCode code, List<String> sentences) {}

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) {
        PrintWriter err = command.getErr();
        if (failure instanceof ProblemException refused && json(result)) {
            command.getOut()
                    .println(WireJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(refused.problem()));
        }
        Optional<String> url = Optional.ofNullable(last(result).matchedOptionValue("--url", null));
        return report(failure, err, url.flatMap(ServerAddress::accepted));
    }

    /** Says what went wrong; returns the exit code. */
    int report(Exception failure, PrintWriter err) {
        return report(failure, err, Optional.empty());
    }

    private int report(Exception failure, PrintWriter err, Optional<URI> url) {
        Optional<Told> told = tell(failure);
        if (told.isEmpty()) {
            err.println("apg: " + Table.clean(failure.toString()));
            if (Boolean.parseBoolean(shell.environment().get("DEBUG"))) {
                failure.printStackTrace(err);
            } else {
                err.println("apg: This should not have happened; with DEBUG=true it says where it did.");
            }
            return ExitCode.FAILED.code();
        }
        told.get().sentences().forEach(sentence -> err.println("apg: " + shell.spell(Table.clean(sentence), url)));
        return told.get().code().code();
    }

    /** Of the first cause that is known; a failure to start is wrapped many times over. Empty if none is. */
    static Optional<Told> tell(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<Told> told = known(cause);
            if (told.isPresent()) {
                return told;
            }
        }
        return Optional.empty();
    }

    private static Optional<Told> known(Throwable cause) {
        return switch (cause) {
            case CommandFailure failure -> told(failure.exitCode(), failure);
            case ProblemException refused -> Optional.of(new Told(refused.exitCode(), sentences(refused)));
            case ConfigurationException configuration ->
                Optional.of(new Told(ExitCode.USAGE, configuration.sentences()));
            case MigrationException migration -> told(ExitCode.UNAVAILABLE, migration);
            case EmbeddedPostgresException postgres -> told(ExitCode.UNAVAILABLE, postgres);
            case PortInUseException port ->
                told(
                        ExitCode.UNAVAILABLE,
                        "Port %d is taken by another program: stop that one, or set PORT (METRICS_PORT for /metrics)."
                                .formatted(port.getPort()));
            case SQLException sql -> told(ExitCode.UNAVAILABLE, "The database refuses: %s".formatted(sql.getMessage()));
            case JacksonException unreadable ->
                told(
                        ExitCode.FAILED,
                        "The server's answer is not what this version expects (%s): see `apg doctor`."
                                .formatted(unreadable.getOriginalMessage()));
            default -> Optional.empty();
        };
    }

    private static Optional<Told> told(ExitCode code, Throwable failure) {
        return told(code, String.valueOf(failure.getMessage()));
    }

    private static Optional<Told> told(ExitCode code, String sentence) {
        return Optional.of(new Told(code, List.of(sentence)));
    }

    private static List<String> sentences(ProblemException refused) {
        List<FieldError> errors =
                refused.errors().stream().sorted(IN_READING_ORDER).toList();
        var sentences = new ArrayList<String>();
        boolean findings = errors.stream().anyMatch(error -> error.finding() != null);
        if (findings) {
            sentences.add(errors.size() == 1 ? "There is 1 error:" : "There are %d errors:".formatted(errors.size()));
        } else if (errors.size() != 1) {
            sentences.add(heading(refused, errors));
        }
        errors.forEach(error -> sentences.add(error.finding() == null ? line(error) : finding(error, error.finding())));
        errors.stream()
                .filter(ExecutionFailures::isLikeNothing)
                .findFirst()
                .ifPresent(error -> sentences.add(
                        "`apg search %s` looks in names and descriptions, too, and forgives typing errors."
                                .formatted(ShellText.quote(String.valueOf(error.value())))));
        sentences.addAll(refused.advice());
        return sentences;
    }

    /**
     * A capability that was named on the command line, that nothing is called and that the server has no guess for: that
     * would follow a semicolon, which a test of the server holds it to.
     */
    private static boolean isLikeNothing(FieldError error) {
        boolean unknown =
                error.code().equals("capability.unknown") || error.code().equals("capability.not_found");
        return unknown
                && error.source() == null
                && error.value() != null
                && !error.expected().contains(";");
    }

    /** What comes before several errors, or instead of one. The summary of a list that follows would say its first twice. */
    private static String heading(ProblemException refused, List<FieldError> errors) {
        if (errors.isEmpty() || !refused.said().endsWith(", and %d more".formatted(errors.size() - 1))) {
            return refused.said();
        }
        @Nullable String source = errors.getFirst().source();
        boolean oneFile = errors.stream().allMatch(error -> Objects.equals(error.source(), source));
        return oneFile && source != null
                ? "%s has %d errors:".formatted(source, errors.size())
                : "There are %d errors:".formatted(errors.size());
    }

    /** What a validation found: a sentence of its own, with its place if it does not name that itself. */
    private static String finding(FieldError error, String sentence) {
        boolean about = error.value() != null && !sentence.contains(error.value());
        boolean place = !error.field().equals("draft") && !sentence.contains(error.field());
        return "%s: %s%s%s"
                .formatted(
                        error.code(),
                        about ? error.value() + ": " : "",
                        sentence,
                        place ? " [%s]".formatted(error.field()) : "");
    }

    private static String line(FieldError error) {
        var line = new StringBuilder();
        if (error.source() != null) {
            line.append(error.source()).append(':');
        }
        if (error.line() != null) {
            line.append(error.source() == null ? "line " : "")
                    .append(error.line())
                    .append(':');
        }
        line.append(line.isEmpty() ? "" : " ").append(error.field());
        if (error.value() != null) {
            line.append(error.field().isEmpty() ? "" : ": ").append(error.value());
        }
        return line.append(" (expected: ").append(error.expected()).append(')').toString();
    }

    private static boolean json(ParseResult result) {
        return last(result).hasMatchedOption("--json");
    }

    /** Of the command itself, behind the groups that it is in. */
    private static ParseResult last(ParseResult result) {
        ParseResult last = result;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last;
    }
}
