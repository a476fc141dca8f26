package dev.apg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
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
                "token issue --label x --role EMPEROR",
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
    void an_option_of_another_command_is_not_told_to_go_behind_this_one() {
        for (String line : new String[] {"--locks redis show redis", "compose --locks redis show shop"}) {
            Cli.Outcome refused = Cli.alone(directory).run(line.split(" "));

            assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err()).startsWith("apg: Unknown option").doesNotContain("goes behind");
        }
        assertThat(Cli.alone(directory).run("--locks", "redis", "compose").err())
                .contains("apg: --locks goes behind the command: ");
    }

    @Test
    void options_before_groups_are_put_behind_the_whole_command() {
        assertThat(Cli.alone(directory)
                        .run("--json", "compose", "--url", "http://x", "show", "shop")
                        .err())
                .contains("`apg compose show shop --json --url http://x`\n");
        assertThat(Cli.alone(directory).run("compose", "--json", "shwo", "shop").err())
                .contains("apg: --json goes behind the command: `apg compose COMMAND --json`\n");
    }

    @Test
    void a_password_in_an_address_is_not_printed() {
        for (String line : new String[] {
            "publish composition.yaml --url ADDRESS",
            "publish composition.yaml --url=ADDRESS",
            "publish missing.yaml --url ADDRESS",
            "resolve -f composition.yaml --apply-fix 1 --url ADDRESS",
            "--url ADDRESS compose show shop",
            "--url=ADDRESS compose show shop",
            "compose --url ADDRESS show shop",
            "--url ADDRESS",
            "show redis 7.2.5 --url ADDRESS --nonsense"
        }) {
            for (String address :
                    new String[] {"https://ci:s3cret@host", "https://host?t=s3cret", "https://host#s3cret"}) {
                Cli.Outcome refused =
                        inComposition().run(line.replace("ADDRESS", address).split(" "));

                assertThat(refused.code()).as(line).isNotEqualTo(ExitCode.OK);
                assertThat(refused.err()).as(line).isNotEmpty().doesNotContain("s3cret");
            }
        }
    }

    @Test
    void commands_to_paste_ask_the_address_as_it_was_understood() {
        assertThat(inComposition()
                        .run("publish", "composition.yaml", "--url", " http://127.0.0.1:1// ")
                        .err())
                .contains(" --url http://127.0.0.1:1`")
                .doesNotContain("//`");
    }

    /** Where there is a document that is no version. */
    private Cli inComposition() {
        try {
            Files.writeString(directory.resolve("composition.yaml"), "format: apg.composition/1\ncomposition: shop\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Cli.alone(directory);
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
                        Optional.of(URI.create("http://a"))))
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
