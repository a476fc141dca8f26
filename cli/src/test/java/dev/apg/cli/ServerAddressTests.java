package dev.apg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.client.ServerAddress;
import dev.apg.cli.testing.Cli;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTests {
    @TempDir
    Path directory;

    @Test
    void the_token_of_a_local_server_is_found_in_its_data_directory() throws IOException {
        writeToken();
        Path file = directory.resolve("data/token");

        assertThat(address(Map.of("PORT", "8123")))
                .hasToString(
                        "ServerAddress[url=http://127.0.0.1:8123, token=Optional[the token of the file %s], variable=APG_TOKEN, tokenFile=Optional[%s]]"
                                .formatted(file, file));
        assertThat(address(Map.of("APG_URL", "http://localhost:1/", "APG_TOKEN", "apg_given")))
                .hasToString(
                        "ServerAddress[url=http://localhost:1, token=Optional[the token of APG_TOKEN], variable=APG_TOKEN, tokenFile=Optional[%s]]"
                                .formatted(file));
    }

    @Test
    void the_token_of_a_local_server_is_never_sent_to_another_machine() throws IOException {
        writeToken();

        assertThat(address(Map.of("APG_URL", "https://apg.example.org")).token())
                .isEmpty();
    }

    @Test
    void an_address_that_is_none_is_refused() {
        Cli.Outcome refused =
                Cli.alone(directory).with("APG_URL", "ftp://example.org").run("compose", "list");

        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err())
                .isEqualTo(
                        "apg: APG_URL: ftp://example.org (expected: an address such as" + " http://127.0.0.1:8000)\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://me:hunter2@127.0.0.1:1",
                "http://127.0.0.1:70000",
                "http://127.0.0.1:1/?token=hunter2",
                "http://127.0.0.1:1/#hunter2",
                "http://b\u00fcro",
                "a\nb"
            })
    void an_address_that_requests_could_not_be_sent_to_is_refused_without_a_password_in_it(String address) {
        Cli.Outcome refused = Cli.alone(directory).with("APG_URL", address).run("compose", "list");

        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err())
                .startsWith("apg: APG_URL: ")
                .endsWith(" (expected: an address such as http://127.0.0.1:8000)\n")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"apg_first\nsecond", "apg_s\u00e9cond", "apg_first second", "apg_first\u0000second"})
    void a_token_that_no_header_could_carry_is_refused_without_its_text(String token) throws IOException {
        Cli cli = Cli.alone(directory);

        Cli.Outcome variable = cli.with("APG_TOKEN", token).run("compose", "list");
        Cli.Outcome option = cli.run("compose", "list", "--token", token);
        Files.writeString(Files.createDirectory(directory.resolve("data")).resolve("token"), token);
        Cli.Outcome file = cli.run("compose", "list");

        for (Cli.Outcome refused : List.of(variable, option, file)) {
            assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err())
                    .contains(": this value will not do (expected: a token as `apg token issue` prints it")
                    .hasLineCount(1)
                    .doesNotContain("first", "cond");
        }
        assertThat(variable.err()).startsWith("apg: APG_TOKEN: ");
        assertThat(option.err()).startsWith("apg: --token: ");
        assertThat(file.err()).startsWith("apg: the file " + directory.resolve("data/token"));
    }

    @Test
    void the_end_of_a_line_behind_a_token_does_no_harm() {
        assertThat(address(Map.of("APG_URL", "https://apg.example.org//", "APG_TOKEN", "apg_given\n"))
                        .token()
                        .orElseThrow()
                        .text())
                .isEqualTo("apg_given");
    }

    @Test
    void a_missing_token_is_told_with_the_places_where_it_was_looked_for() {
        Cli cli = Cli.onSharedServer(directory).with("APG_DATA_DIR", "elsewhere");

        Cli.Outcome refused = cli.run("compose", "list");

        assertThat(refused.code()).isEqualTo(ExitCode.DENIED);
        assertThat(refused.err())
                .startsWith("apg: The server wants a token. Give one with APG_TOKEN or --token;")
                .contains("APG_DATA_DIR", directory.resolve("elsewhere/token").toString())
                .hasLineCount(1);
        assertThat(cli.run("compose", "list", "--json").json().path("status").asInt())
                .isEqualTo(401);
    }

    @Test
    void a_refused_token_is_told_with_its_origin_and_without_its_text() {
        Cli cli = Cli.onSharedServer(directory);

        assertThat(cli.with("APG_TOKEN", "apg_nonsense").run("compose", "list").err())
                .contains("The token came from APG_TOKEN")
                .doesNotContain("nonsense");
        assertThat(cli.run("compose", "list", "--token", "apg_nonsense").err())
                .contains("The token came from --token;");
    }

    private void writeToken() throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve("data")).resolve("token"), "apg_local\n");
    }

    private ServerAddress address(Map<String, String> environment) {
        var shell = new Shell(environment, directory, new ByteArrayInputStream(new byte[0]), false, "apg");
        return ServerAddress.of(Optional.empty(), Optional.empty(), shell);
    }
}
