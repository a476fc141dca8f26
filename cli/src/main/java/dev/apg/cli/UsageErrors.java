package dev.apg.cli;

import dev.apg.cli.output.Table;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line and where the right one is explained; the whole usage would bury that. */
final class UsageErrors implements IParameterExceptionHandler {
    private final Shell shell;

    UsageErrors(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        boolean unmatched = wrong instanceof UnmatchedArgumentException;
        if (!command.getSubcommands().isEmpty() && !unmatched) {
            // Only the name of a group was given: its commands are what was asked for.
            command.usage(err);
            return ExitCode.USAGE.code();
        }
        err.println("apg: " + Table.clean(String.valueOf(wrong.getMessage())));
        if (unmatched) {
            UnmatchedArgumentException.printSuggestions(wrong, err);
        }
        err.println(shell.spell(
                "See `%s --help`.".formatted(command.getCommandSpec().qualifiedName())));
        return ExitCode.USAGE.code();
    }
}
