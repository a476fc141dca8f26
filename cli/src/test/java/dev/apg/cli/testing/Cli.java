package dev.apg.cli.testing;

import dev.apg.cli.Apg;
import dev.apg.cli.ExitCode;
import dev.apg.cli.Shell;
import dev.apg.contract.WireJson;
import dev.apg.server.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The real command line, in a directory and an environment of its own; immutable. */
public record Cli(Map<String, String> environment, Path directory, Supplier<InputStream> input, String program) {

    private static final String PROGRAM = "apg";

    /** One server for all tests that take codes of their own; it stops with the test run. */
    private static final class Shared {
        static final TestServer SERVER = TestServer.start();
    }

    /** What a command did. */
    public record Outcome(ExitCode code, String out, String err) {
        public JsonNode json() {
            return WireJson.MAPPER.readTree(out);
        }
    }

    /** A command line that talks to the server that all tests share. */
    public static Cli onSharedServer(Path directory) {
        return on(Shared.SERVER, directory);
    }

    /** As an administrator of a server, who found its token in the data directory. */
    public static Cli on(TestServer server, Path directory) {
        return new Cli(
                Map.of(
                        "APG_URL",
                        server.url().toString(),
                        "APG_DATA_DIR",
                        server.dataDirectory().toString()),
                directory,
                InputStream::nullInputStream,
                PROGRAM);
    }

    /** Without any server. */
    public static Cli alone(Path directory) {
        return new Cli(
                Map.of("APG_DATA_DIR", directory.resolve("data").toString()),
                directory,
                InputStream::nullInputStream,
                PROGRAM);
    }

    public Cli with(String variable, String value) {
        var more = new HashMap<>(environment);
        more.put(variable, value);
        return new Cli(more, directory, input, program);
    }

    public Cli reading(String text) {
        return reading(() -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** With a standard input that may behave in its own way. */
    public Cli reading(Supplier<InputStream> input) {
        return new Cli(environment, directory, input, program);
    }

    /** As if it had been started by another name. */
    public Cli called(String program) {
        return new Cli(environment, directory, input, program);
    }

    public CommandLine commandLine() {
        return Apg.commandLine(new Shell(environment, directory, input.get(), false, program));
    }

    public Outcome run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine commandLine = commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        int code = commandLine.execute(arguments);
        return new Outcome(ExitCode.values()[code], out.toString(), err.toString());
    }
}
