package dev.apg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.apg.cli.testing.Cli;
import dev.apg.cli.testing.Examples;
import dev.apg.cli.testing.Examples.Step;
import dev.apg.cli.testing.Pages;
import dev.apg.cli.testing.Words;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation tells people to type does what it says. */
class DocumentedExamplesTests {
    private static final Path ROOT = Pages.ROOT;

    @TempDir
    Path directory;

    static List<Step.Command> commands() {
        return Pages.all().stream()
                .flatMap(page -> Examples.of(ROOT.resolve(page)).stream())
                .filter(Step.Command.class::isInstance)
                .map(Step.Command.class::cast)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_documented_command_parses(Step.Command command) {
        assertThatCode(() -> Cli.alone(directory).commandLine().parseArgs(command.arguments()))
                .doesNotThrowAnyException();
    }

    static List<String> pagesThatRun() {
        return Pages.withExamplesThatRun();
    }

    @Test
    void the_examples_are_found() {
        assertThat(pagesThatRun()).contains("docs/cli.md", "README.md");
        assertThat(commands()).filteredOn(Step.Command::run).hasSizeGreaterThan(30);
    }

    /** As {@code make run} leaves a server: samples, compositions and a first revision are there. */
    @ParameterizedTest
    @MethodSource("pagesThatRun")
    void the_documented_commands_work_in_their_order(String page) throws IOException {
        Files.createSymbolicLink(directory.resolve("samples"), ROOT.resolve("samples"));
        try (TestServer server = TestServer.start()) {
            Cli cli = Cli.on(server, directory);
            if (page.equals("README.md")) {
                run(cli, new Step.Command("apg import samples/online-boutique", true));
                run(cli, new Step.Command("apg compose create -f samples/online-boutique/composition.yaml", true));
                run(cli, new Step.Command("apg freeze online-boutique", true));
            }
            for (Step step : Examples.of(ROOT.resolve(page))) {
                switch (step) {
                    case Step.File(var name, var content) -> Files.writeString(directory.resolve(name), content);
                    case Step.Command command -> {
                        if (command.run()) {
                            run(cli, command);
                        }
                    }
                }
            }
        }
    }

    private void run(Cli cli, Step.Command command) throws IOException {
        Cli.Outcome outcome = cli.run(command.arguments());
        assertThat(outcome.code().code())
                .as("%s%n%s%s", command.line(), outcome.out(), outcome.err())
                .isIn(command.codes());
        var file = Words.redirection(command.line());
        if (file.isPresent()) {
            Files.writeString(directory.resolve(file.get()), outcome.out());
        }
    }
}
