package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.Apg;
import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code apg serve} as a process of its own. */
class ServeCommandTests {
    @TempDir
    Path directory;

    @Test
    void a_server_starts_keeps_others_off_its_data_and_stops_on_a_signal() throws Exception {
        Process server = start();
        try {
            String address = awaitReady(server);
            Cli cli = Cli.alone(directory).with("APG_URL", address);
            assertThat(cli.run("compose", "create", "first").code()).isEqualTo(ExitCode.OK);

            Cli.Outcome second = cli.with("PORT", "0").with("METRICS_PORT", "0").run("serve");
            assertThat(second.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(second.err())
                    .startsWith("apg: Another APG server uses the data in ")
                    .hasLineCount(1);

            server.destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isEqualTo(143);
            assertThat(server.descendants()).isEmpty();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void a_server_that_is_stopped_while_it_starts_leaves_no_database_running() throws Exception {
        Path postmaster = directory.resolve("data/postgresql/data/postmaster.pid");
        Process server = serve().redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            while (!Files.exists(postmaster)) {
                assertThat(server.isAlive()).isTrue();
                Thread.sleep(5);
            }
            server.destroy();

            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(postmaster).doesNotExist();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void a_port_that_is_taken_is_told_before_anything_is_started() throws IOException {
        try (var taken = new ServerSocket(0)) {
            Cli cli = Cli.alone(directory);
            Cli.Outcome refused = cli.with("PORT", String.valueOf(taken.getLocalPort()))
                    .with("METRICS_PORT", "0")
                    .run("serve");
            Cli.Outcome metrics = cli.with("PORT", "0")
                    .with("METRICS_PORT", String.valueOf(taken.getLocalPort()))
                    .run("serve");

            assertThat(refused.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(refused.err())
                    .hasLineCount(1)
                    .startsWith("apg: Port %d is taken by another program".formatted(taken.getLocalPort()));
            assertThat(metrics.err()).isEqualTo(refused.err());
            assertThat(directory.resolve("data")).doesNotExist();
        }
    }

    @Test
    void settings_that_are_wrong_are_told_in_a_sentence_each() {
        Cli.Outcome refused = Cli.alone(directory)
                .with("PORT", "eighty")
                .with("LOG_LEVEL", "loud")
                .run("serve");

        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).hasLineCount(2).contains("apg: PORT: eighty", "apg: LOG_LEVEL: loud");
    }

    @Test
    void a_database_that_does_not_answer_is_told_in_one_sentence() throws IOException {
        int nobody;
        try (var socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        Cli.Outcome refused = Cli.alone(directory)
                .with("PORT", "0")
                .with("METRICS_PORT", "0")
                .with("DATABASE_URL", "postgresql://apg:hidden@127.0.0.1:%d/apg".formatted(nobody))
                .run("serve");

        assertThat(refused.code()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(refused.err()).hasLineCount(1).contains("database").doesNotContain("hidden");
    }

    private Process start() throws IOException {
        return serve().start();
    }

    private ProcessBuilder serve() {
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Apg.class.getName(),
                        "serve"))
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("DATABASE_"));
        builder.environment().put("APG_DATA_DIR", directory.resolve("data").toString());
        builder.environment().put("PORT", "0");
        builder.environment().put("METRICS_PORT", "0");
        builder.environment().put("ENVIRONMENT", "development");
        return builder;
    }

    /** The address that the server says it is ready at. */
    private static String awaitReady(Process server) throws IOException {
        var seen = new StringBuilder();
        BufferedReader output = server.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            seen.append(line).append('\n');
            if (line.startsWith("APG is ready: ")) {
                assertThat(line).contains("the token is in ");
                // What it says from now on must not fill the pipe.
                Thread.ofVirtual().start(() -> output.lines().forEach(rest -> {}));
                return line.replaceFirst("APG is ready: (http://[^/]+)/.*", "$1");
            }
        }
        throw new AssertionError("The server ended: " + seen);
    }
}
