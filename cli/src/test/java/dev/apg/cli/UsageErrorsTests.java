package dev.apg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.testing.Cli;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.AutoComplete;

class UsageErrorsTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "token create --label x --role emperor",
                "compose create x --type empire",
                "compose list --type empire",
                "search x --status broken",
                "search x --limit many",
                "search x --cursor nonsense",
                "compose create X^Y",
                "compose add shop X^Y",
                "freeze shop --draft many",
                "watch --after nonsense",
                "import - --stdin-form xml"
            })
    void a_value_of_no_possible_form_is_wrong_usage_whoever_finds_that_out(String line, @TempDir Path directory) {
        Cli cli = Cli.onSharedServer(directory);
        cli.run("compose", "create", "shop");

        Cli.Outcome refused = cli.run(line.split(" "));

        assertThat(refused.code()).as(refused.err()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("(expected: ");
    }

    @TempDir
    Path directory;

    @Test
    void a_wrong_command_line_is_told_in_a_line_with_the_place_of_the_right_one() {
        Cli.Outcome missing = Cli.alone(directory).run("compose", "add", "shop");

        assertThat(missing.code()).isEqualTo(ExitCode.USAGE);
        assertThat(missing.err())
                .isEqualTo("apg: Missing required parameter: 'CAPABILITY'\nSee `apg compose add --help`.\n");
        assertThat(Cli.alone(directory).run("shw").err()).startsWith("apg: Unmatched argument at index 0: 'shw'\n");
        assertThat(Cli.alone(directory).run("compose").err()).startsWith("Usage: apg compose");
    }

    @Test
    void suggestions_begin_as_the_program_was_started() {
        assertThat(Cli.alone(directory).called("bin/apg").run("serch").err())
                .contains("bin/apg search")
                .doesNotContain(" apg search");
        assertThat(Cli.alone(directory)
                        .called("bin/apg")
                        .run("compose", "creat")
                        .err())
                .contains("bin/apg compose create");
    }

    @Test
    void an_option_before_its_command_is_told_to_go_behind() {
        assertThat(Cli.alone(directory)
                        .run("--token", "apg_secret", "resolve", "shop")
                        .err())
                .contains("apg: --token goes behind the command: `apg resolve shop --token TOKEN`\n")
                .doesNotContain("Possible solutions");
        assertThat(Cli.alone(directory).run("compose", "--json", "show", "shop").err())
                .contains("apg: --json goes behind the command: `apg compose show shop --json`\n");
        assertThat(Cli.alone(directory).run("--nonsense").err()).doesNotContain("goes behind");
    }

    @Test
    void constants_are_named_as_the_documents_name_them() {
        Cli.Outcome refused = Cli.alone(directory).run("compose", "create", "x", "--type", "cathedral");

        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err())
                .contains("cathedral (expected: enterprise, industry_vertical,")
                .doesNotContain("ENTERPRISE");
        String completion = AutoComplete.bash("apg", Cli.alone(directory).commandLine());
        assertThat(completion)
                .contains("\"minimal_change\"", "\"tenant_administrator\"")
                .doesNotContain("MINIMAL_CHANGE");
    }

    @Test
    void commands_begin_as_the_program_was_started() {
        var shell = new Shell(java.util.Map.of(), directory, java.io.InputStream.nullInputStream(), false, "bin/apg");

        assertThat(shell.spell("apg resolve shop")).isEqualTo("bin/apg resolve shop");
        assertThat(shell.spell("Do that with `apg freeze shop`; echo 1 | apg publish -\napg doctor"))
                .isEqualTo("Do that with `bin/apg freeze shop`; echo 1 | bin/apg publish -\nbin/apg doctor");
        assertThat(shell.spell("in apg words")).isEqualTo("in apg words");
        assertThat(shell.spell(
                        "Do that with `apg freeze shop`, or `apg serve`; not `apg why shop x --url http://b`.",
                        Optional.of("http://a")))
                .isEqualTo(
                        "Do that with `bin/apg freeze shop --url http://a`, or `bin/apg serve`; not `bin/apg why shop x --url http://b`.");
    }

    @Test
    void a_token_in_the_wrong_place_is_not_printed() {
        for (String[] wrong : new String[][] {
            {"--token", "apg_secret", "show", "redis"}, {"--token=apg_secret", "show", "redis"},
            {"show", "redis", "7.2.5", "--token", "apg_secret", "--nonsense"}, {"token", "--token", "apg_secret"}
        }) {
            Cli.Outcome refused = Cli.alone(directory).run(wrong);

            assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err()).doesNotContain("apg_secret");
        }
        assertThat(Cli.alone(directory)
                        .run("--token", "apg_secret", "show", "redis")
                        .err())
                .contains("--token", "***");
    }
}
