package dev.apg.cli;

import dev.apg.cli.client.ProblemException;
import dev.apg.cli.command.MigrateCommand;
import dev.apg.cli.command.ServeCommand;
import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.server.platform.config.ConfigurationException;
import dev.apg.server.platform.database.MigrationException;
import dev.apg.server.platform.postgres.EmbeddedPostgresException;
import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code apg}. */
@Command(
        name = "apg",
        mixinStandardHelpOptions = true,
        version = "apg 0.1.0",
        description = "Publish capabilities, compose them into applications, and run what comes out.",
        subcommands = {
            ServeCommand.class,
            MigrateCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        })
public final class Apg {
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, for the program and for tests. */
    public static CommandLine commandLine() {
        var commandLine = new CommandLine(new Apg());
        withHelp(commandLine);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setExecutionExceptionHandler((exception, command, result) -> fail(exception, command.getErr()));
        return commandLine;
    }

    private static void withHelp(CommandLine commandLine) {
        commandLine.getSubcommands().values().forEach(subcommand -> {
            subcommand.getCommandSpec().mixinStandardHelpOptions(true);
            withHelp(subcommand);
        });
    }

    private static int fail(Exception exception, PrintWriter err) {
        return switch (exception) {
            case CommandFailure failure -> {
                err.println("apg: " + failure.getMessage());
                yield failure.exitCode().code();
            }
            case ProblemException refused -> {
                err.println("apg: " + refused.problem().detail());
                if (refused.problem().errors() != null) {
                    refused.problem().errors().forEach(error -> err.println("  " + line(error)));
                }
                yield refused.exitCode().code();
            }
            case ConfigurationException configuration -> {
                configuration.sentences().forEach(sentence -> err.println("apg: " + sentence));
                yield ExitCode.USAGE.code();
            }
            case MigrationException migration -> unavailable(migration, err);
            case EmbeddedPostgresException postgres -> unavailable(postgres, err);
            default -> {
                err.println("apg: " + exception);
                yield ExitCode.FAILED.code();
            }
        };
    }

    private static int unavailable(Exception exception, PrintWriter err) {
        err.println("apg: " + exception.getMessage());
        return ExitCode.UNAVAILABLE.code();
    }

    private static String line(FieldError error) {
        String place =
                error.source() == null ? "" : error.source() + (error.line() == null ? "" : ":" + error.line()) + ": ";
        String value = error.value() == null ? "" : ": " + error.value();
        return "%s%s%s (expected: %s)".formatted(place, error.field(), value, error.expected());
    }
}
