package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTests {
    @TempDir
    Path directory;

    @Test
    void a_running_server_is_well_in_each_of_its_parts() {
        Cli.Outcome found = Cli.onSharedServer(directory).run("doctor");

        assertThat(found.out()).contains("java", "token file", "server: database", "version", "tenant_administrator");
        assertThat(found.out().lines().skip(1))
                .allSatisfy(line -> assertThat(line).contains("  ok "));
        assertThat(found.code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void without_a_server_it_says_how_to_get_one() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Cli.Outcome found =
                Cli.alone(directory).with("PORT", String.valueOf(free)).run("doctor");

        assertThat(found.code()).isEqualTo(ExitCode.FAILED);
        assertThat(found.out()).contains("problem", "cannot be reached", "apg serve", "APG_URL");
    }

    @Test
    void a_token_file_that_holds_none_is_a_problem_and_not_the_end() throws IOException {
        Files.createFile(Files.createDirectory(directory.resolve("data")).resolve("token"));

        Cli.Outcome found = Cli.onSharedServer(directory)
                .with("APG_DATA_DIR", directory.resolve("data").toString())
                .run("doctor");

        assertThat(found.code()).isEqualTo(ExitCode.FAILED);
        assertThat(found.out()).containsPattern("token +problem +the file .*: this value will not do");
        assertThat(found.out()).containsPattern("server: database +ok ");
        assertThat(found.err()).isEmpty();
    }

    @Test
    void a_token_that_others_may_read_and_one_that_is_wrong_are_problems() throws IOException {
        Path token = Files.createDirectories(directory.resolve("data")).resolve("token");
        Files.writeString(token, "apg_wrong");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        Cli cli = Cli.onSharedServer(directory).with("APG_DATA_DIR", "data");

        Cli.Outcome found = cli.run("doctor", "--json");

        assertThat(found.code()).isEqualTo(ExitCode.FAILED);
        assertThat(found.json().valueStream().filter(check -> !check.path("ok").asBoolean()))
                .extracting(check -> check.path("name").asString())
                .contains("token file", "token");
    }
}
