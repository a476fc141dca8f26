package dev.apg.cli;

import dev.apg.cli.output.Table;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line and where the right one is explained; the whole usage would bury that. */
final class UsageErrors implements IParameterExceptionHandler {
    private static final String TOKEN = "--token";
    /** The library names the type that a program would have. */
    private static final Pattern NO_NUMBER = Pattern.compile("'([^']*)' is not an? (?:int|long)$");

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
        String message =
                NO_NUMBER.matcher(String.valueOf(wrong.getMessage())).replaceFirst("$1 (expected: a whole number)");
        err.println("apg: " + Table.clean(withoutTokens(message, arguments)));
        if (unmatched) {
            suggest(wrong, err);
        }
        err.println(shell.spell(
                "See `%s --help`.".formatted(command.getCommandSpec().qualifiedName())));
        return ExitCode.USAGE.code();
    }

    /** The library names commands as they are called on a path. */
    private void suggest(ParameterException wrong, PrintWriter err) {
        var suggestions = new StringWriter();
        UnmatchedArgumentException.printSuggestions(wrong, new PrintWriter(suggestions, true));
        err.print(
                suggestions.toString().replaceAll("\\bapg (?=[a-z])", Matcher.quoteReplacement(shell.program() + " ")));
        err.flush();
    }

    /** What is wrong may be the place of a token, which is a secret wherever it stands. */
    private static String withoutTokens(String message, String[] arguments) {
        String masked = message;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.startsWith(TOKEN + "=") && argument.length() > TOKEN.length() + 1) {
                masked = masked.replace(argument, TOKEN + "=***");
            } else if (i > 0 && arguments[i - 1].equals(TOKEN) && !argument.isEmpty()) {
                masked = masked.replace("'%s'".formatted(argument), "'***'");
            }
        }
        return masked;
    }
}
