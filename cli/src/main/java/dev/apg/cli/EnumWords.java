package dev.apg.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/** Makes options and parameters take and name constants by the words of the documents: {@code minimal_change}. */
final class EnumWords {
    private EnumWords() {}

    /** For a command and its subcommands. */
    static void teach(CommandLine commandLine) {
        CommandSpec spec = commandLine.getCommandSpec();
        List<ArgSpec> arguments = List.copyOf(spec.args());
        if (arguments.stream().anyMatch(argument -> argument.auxiliaryTypes()[0].isEnum())) {
            // Commands that are methods take their arguments in this order, so all of them are put in again.
            arguments.forEach(spec::remove);
            arguments.forEach(argument -> spec.add(taught(argument)));
        }
        commandLine.getSubcommands().values().forEach(EnumWords::teach);
    }

    private static ArgSpec taught(ArgSpec argument) {
        Class<?> type = argument.auxiliaryTypes()[0];
        if (!type.isEnum()) {
            return argument;
        }
        return argument instanceof OptionSpec option
                ? OptionSpec.builder(option)
                        .completionCandidates(words(type))
                        .converters(reading(type))
                        .build()
                : PositionalParamSpec.builder((PositionalParamSpec) argument)
                        .completionCandidates(words(type))
                        .converters(reading(type))
                        .build();
    }

    private static ITypeConverter<?> reading(Class<?> type) {
        List<String> words = words(type);
        return given -> {
            int at = words.indexOf(given.toLowerCase(Locale.ROOT));
            if (at < 0) {
                throw new TypeConversionException("%s (expected: %s)".formatted(given, String.join(", ", words)));
            }
            return type.getEnumConstants()[at];
        };
    }

    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
