package dev.apg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.apg.cli.testing.Cli;
import dev.apg.cli.testing.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What every command promises about its help. */
class HelpTests {
    /** Made by picocli. */
    private static final List<String> FOREIGN = List.of("generate-completion", "help");

    static Stream<String> commands() {
        return names(Cli.alone(Path.of("")).commandLine(), "").stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void has_examples_that_are_correct(String name) {
        CommandLine root = Cli.alone(Path.of("")).commandLine();
        CommandLine command = root;
        for (String part : name.isEmpty() ? List.<String>of() : List.of(name.split(" "))) {
            command = command.getSubcommands().get(part);
        }
        List<String> lines =
                Arrays.asList(command.getCommandSpec().usageMessage().footer());
        List<String> examples = lines.stream()
                .dropWhile(line -> !line.equals("Examples:"))
                .skip(1)
                .map(String::strip)
                .toList();

        assertThat(examples).isNotEmpty();
        assertThat(examples).anySatisfy(example -> assertThat(example).contains(("apg " + name).strip()));
        for (String example : examples) {
            assertThatCode(() -> Cli.alone(Path.of("")).commandLine().parseArgs(Words.ofCommand(example)))
                    .as(example)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void is_shown_for_the_option_help(String name) {
        String[] arguments = (name + " --help").strip().split(" ");

        Cli.Outcome help = Cli.alone(Path.of("")).run(arguments);

        assertThat(help.code()).isEqualTo(ExitCode.OK);
        assertThat(help.out()).startsWith("Usage: apg").contains("Examples:");
        assertThat(help.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void keeps_examples_on_one_line_each_and_its_text_within_the_width(String name) {
        List<String> lines = Cli.alone(Path.of(""))
                .run((name + " --help").strip().split(" "))
                .out()
                .lines()
                .toList();

        List<String> examples = lines.stream()
                .dropWhile(line -> !line.equals("Examples:"))
                .skip(1)
                .toList();
        assertThat(examples).isNotEmpty().allMatch(line -> line.startsWith("  ") && line.contains("apg "));
        assertThat(lines).filteredOn(line -> !examples.contains(line)).allMatch(line -> line.length() <= 80);
    }

    private static List<String> names(CommandLine commandLine, String name) {
        var names = new ArrayList<>(List.of(name));
        commandLine.getSubcommands().forEach((sub, command) -> {
            if (!FOREIGN.contains(sub)) {
                names.addAll(names(command, (name + " " + sub).strip()));
            }
        });
        return names;
    }
}
