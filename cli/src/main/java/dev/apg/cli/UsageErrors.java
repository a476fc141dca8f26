package dev.apg.cli;

import dev.apg.cli.output.ShellText;
import dev.apg.cli.output.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
        if (wrong instanceof UnmatchedArgumentException unknown) {
            suggest(unknown, arguments, err);
        }
        err.println(shell.spell(
                "See `%s --help`.".formatted(command.getCommandSpec().qualifiedName())));
        return ExitCode.USAGE.code();
    }

    private void suggest(UnmatchedArgumentException wrong, String[] arguments, PrintWriter err) {
        CommandLine command = wrong.getCommandLine();
        if (wrong.isUnknownOption()) {
            String option = wrong.getUnmatched().getFirst().replaceFirst("=.*", "");
            if (isBelow(command, option)) {
                err.println("apg: %s goes behind the command: %s"
                        .formatted(option, shell.spell("`%s`".formatted(moved(command, arguments)))));
                return;
            }
        }
        List<String> suggestions = wrong.getSuggestions();
        if (!suggestions.isEmpty()) {
            err.println(
                    wrong.isUnknownOption()
                            ? "Possible solutions: " + String.join(", ", suggestions)
                            : "Did you mean: %s?"
                                    .formatted(suggestions.stream()
                                            .map(suggestion -> called(command, suggestion))
                                            .collect(Collectors.joining(" or "))));
        }
    }

    /** The same command line with the options that stand before a group's command behind it. */
    private static String moved(CommandLine group, String[] arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        int groups = group.getCommandSpec().qualifiedName().split(" ").length - 1;
        int command = groups;
        while (command < words.size() && !group.getSubcommands().containsKey(words.get(command))) {
            command++;
        }
        List<String> early = words.subList(groups, command);
        List<String> options = List.copyOf(early);
        early.clear();
        if (words.size() == groups) {
            words.add("COMMAND");
        }
        words.addAll(options);
        for (int i = 0; i < words.size(); i++) {
            if (i > 0 && words.get(i - 1).equals(TOKEN) || words.get(i).startsWith(TOKEN + "=")) {
                words.set(i, words.get(i).startsWith(TOKEN + "=") ? TOKEN + "=TOKEN" : "TOKEN");
            }
        }
        return words.stream().map(ShellText::quote).collect(Collectors.joining(" ", "apg ", ""));
    }

    /** Whether a command of this group, or of one below it, has the option. */
    private static boolean isBelow(CommandLine group, String option) {
        return group.getSubcommands().values().stream()
                .anyMatch(command -> command.getCommandSpec().findOption(option) != null || isBelow(command, option));
    }

    /** A command as it is called here; the library leaves groups out, and knows no other name of the program. */
    private String called(CommandLine group, String suggestion) {
        String name = suggestion.substring(suggestion.lastIndexOf(' ') + 1);
        return shell.spell("%s %s".formatted(group.getCommandSpec().qualifiedName(), name));
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
