package dev.apg.cli;

import dev.apg.cli.client.ServerAddress;
import dev.apg.cli.output.ShellText;
import dev.apg.cli.output.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line and where the right one is explained; the whole usage would bury that. */
final class UsageErrors implements IParameterExceptionHandler {
    private static final String TOKEN = "--token";
    private static final String URL = "--url";

    /** What package managers call it. */
    private static final Map<String, List<String>> ELSEWHERE = Map.ofEntries(
            Map.entry("upgrade", List.of("outdated", "resolve --update")),
            Map.entry("update", List.of("outdated", "resolve --update")),
            Map.entry("yank", List.of("state CAPABILITY@VERSION yanked --reason TEXT")),
            Map.entry("unpublish", List.of("state CAPABILITY@VERSION yanked --reason TEXT")),
            Map.entry("unyank", List.of("state CAPABILITY@VERSION published")),
            Map.entry("deprecate", List.of("state CAPABILITY@VERSION deprecated --reason TEXT")),
            Map.entry("purge", List.of("state CAPABILITY@VERSION purged --reason TEXT")),
            Map.entry("explain", List.of("why", "resolve")),
            Map.entry("info", List.of("show")),
            Map.entry("view", List.of("show")),
            Map.entry("list", List.of("search", "compose list")),
            Map.entry("ls", List.of("search", "compose list")),
            Map.entry("add", List.of("compose add")),
            Map.entry("install", List.of("compose add")),
            Map.entry("validate", List.of("compose validate")),
            Map.entry("lock", List.of("freeze")));

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
        err.println("apg: " + Table.clean(withoutSecrets(message, arguments)));
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
            if (isOfOrBelow(meant(command, arguments), option)) {
                err.println("apg: %s goes behind the command: %s"
                        .formatted(option, shell.spell("`%s`".formatted(moved(command, option, arguments)))));
                return;
            }
        }
        List<String> called = wrong.isUnknownOption() ? List.of() : calledElsewhere(wrong);
        if (!called.isEmpty()) {
            err.println("Did you mean: %s?"
                    .formatted(called.stream()
                            .map(words -> shell.spell("apg " + words))
                            .collect(Collectors.joining(" or "))));
            return;
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

    /** What a command of other programs is called here, if it is one at this place. */
    private static List<String> calledElsewhere(UnmatchedArgumentException wrong) {
        boolean atRoot = wrong.getCommandLine().getParent() == null;
        return atRoot ? ELSEWHERE.getOrDefault(wrong.getUnmatched().getFirst(), List.of()) : List.of();
    }

    /** The same command line with the options that stand before a group's command behind it. */
    private static String moved(CommandLine group, String option, String[] arguments) {
        List<String> given = List.of(arguments);
        var words = new ArrayList<String>();
        var early = new ArrayList<String>();
        int next = 0;
        for (String name : names(group)) {
            int at = next + given.subList(next, given.size()).indexOf(name);
            early.addAll(given.subList(next, at));
            words.add(name);
            next = at + 1;
        }
        int command = next;
        while (command < given.size() && !group.getSubcommands().containsKey(given.get(command))) {
            command++;
        }
        if (command == given.size()) {
            // Which of the other words belong to the option, nobody knows.
            words.addAll(List.of("COMMAND", option));
        } else {
            words.addAll(given.subList(command, given.size()));
            words.addAll(early);
            words.addAll(given.subList(next, command));
        }
        return withoutSecrets(words).stream().map(ShellText::quote).collect(Collectors.joining(" ", "apg ", ""));
    }

    /** Of the groups that lead to this one, and its own. */
    private static List<String> names(CommandLine group) {
        List<String> qualified = List.of(group.getCommandSpec().qualifiedName().split(" "));
        return qualified.subList(1, qualified.size());
    }

    private static List<String> withoutSecrets(List<String> words) {
        var shown = new ArrayList<String>();
        for (String word : words) {
            String before = shown.isEmpty() ? "" : shown.getLast();
            if (before.equals(TOKEN) || word.startsWith(TOKEN + "=")) {
                shown.add(before.equals(TOKEN) ? "TOKEN" : TOKEN + "=TOKEN");
            } else if ((before.equals(URL) || word.startsWith(URL + "=")) && !ServerAddress.mayBeShown(word)) {
                shown.add(before.equals(URL) ? "URL" : URL + "=URL");
            } else {
                shown.add(word);
            }
        }
        return shown;
    }

    /** The command that the words name, or the group of those that may be meant. */
    private static CommandLine meant(CommandLine group, String[] arguments) {
        CommandLine meant = group.getCommandSpec().root().commandLine();
        for (String word : arguments) {
            meant = meant.getSubcommands().getOrDefault(word, meant);
        }
        return meant;
    }

    /** Whether this command has the option, or one below it. */
    private static boolean isOfOrBelow(CommandLine command, String option) {
        return command.getCommandSpec().findOption(option) != null
                || command.getSubcommands().values().stream().anyMatch(below -> isOfOrBelow(below, option));
    }

    /** A command as it is called here; the library leaves groups out, and knows no other name of the program. */
    private String called(CommandLine group, String suggestion) {
        String name = suggestion.substring(suggestion.lastIndexOf(' ') + 1);
        return shell.spell("%s %s".formatted(group.getCommandSpec().qualifiedName(), name));
    }

    /** What is wrong may be the place of a token, or of an address with a password, which are secrets wherever they stand. */
    private static String withoutSecrets(String message, String[] arguments) {
        String masked = message;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            String name = argument.split("=", 2)[0];
            String before = i == 0 ? "" : arguments[i - 1];
            if (argument.length() > name.length() + 1 && isSecret(name, argument)) {
                masked = masked.replace(argument, name + "=***");
            } else if (!argument.isEmpty() && isSecret(before, argument)) {
                masked = masked.replace("'%s'".formatted(argument), "'***'");
            }
        }
        return masked;
    }

    private static boolean isSecret(String option, String value) {
        return option.equals(TOKEN) || option.equals(URL) && !ServerAddress.mayBeShown(value);
    }
}
