package dev.apg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.client.ServerAddress;
import dev.apg.cli.testing.Cli;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerAddressTests {
    @TempDir
    Path directory;

    @Test
    void the_token_of_a_local_server_is_found_in_its_data_directory() throws IOException {
        writeToken();

        assertThat(address(Map.of("PORT", "8123")))
                .hasToString("ServerAddress[url=http://127.0.0.1:8123, token=Optional[apg_local]]");
        assertThat(address(Map.of("APG_URL", "http://localhost:1/", "APG_TOKEN", "apg_given")))
                .hasToString("ServerAddress[url=http://localhost:1, token=Optional[apg_given]]");
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
                .isEqualTo("apg: the server's address: ftp://example.org (expected: an address such as"
                        + " http://127.0.0.1:8000)\n");
    }

    private void writeToken() throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve("data")).resolve("token"), "apg_local\n");
    }

    private ServerAddress address(Map<String, String> environment) {
        var shell = new Shell(environment, directory, new ByteArrayInputStream(new byte[0]), false);
        return ServerAddress.of(Optional.empty(), Optional.empty(), shell);
    }
}
