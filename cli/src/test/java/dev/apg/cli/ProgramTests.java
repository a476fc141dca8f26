package dev.apg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.testing.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a process of its own: what only its real streams show. */
class ProgramTests {
    private static final Path SAMPLE =
            Path.of("../samples/online-boutique").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    @Test
    void a_fixed_document_goes_to_the_output_and_its_resolution_beside_it() throws Exception {
        Cli cli = Cli.onSharedServer(directory);
        assertThat(cli.run("import", SAMPLE.toString()).code()).isEqualTo(ExitCode.OK);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dapg.program=bin/apg",
                        Apg.class.getName(),
                        "resolve",
                        "-f",
                        SAMPLE.resolve("impossible.yaml").toString(),
                        "--apply-fix",
                        "1"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(cli.environment());

        Process process = builder.start();

        assertThat(process.waitFor()).isZero();
        assertThat(out).content().startsWith("format: apg.composition/1").doesNotContain("CAPABILITY");
        assertThat(Files.readString(err)).startsWith("Applied: ").contains("CAPABILITY", "versions go together.");
    }

    /** {@code apg serve} alone is started without picocli, everything else with it; both have to say the same. */
    @Test
    void a_server_that_is_not_started_says_why_and_ends_with_the_documented_code() throws Exception {
        Ended help = program("serve", "--help");
        assertThat(help.code()).isEqualTo(ExitCode.OK.code());
        assertThat(help.out()).startsWith("Usage: apg serve").contains("Examples:");
        assertThat(help.err()).isEmpty();

        Ended unknown = program("serve", "--nonsense");
        assertThat(unknown.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(unknown.err())
                .startsWith("apg: Unknown option: '--nonsense'\n")
                .endsWith("See `bin/apg serve --help`.\n");

        Ended refused = program("serve");
        assertThat(refused.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(refused.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("apg: SECRET_KEY is missing (expected outside development: "),
                        line -> assertThat(line)
                                .startsWith("apg: APG_API_KEY is missing (expected outside development: "),
                        line -> assertThat(line)
                                .startsWith("apg: ENCRYPTION_KEY is missing (expected outside development: "),
                        line -> assertThat(line)
                                .startsWith("apg: DATABASE_URL is missing (expected outside development: "),
                        line -> assertThat(line).isEqualTo("apg: PORT: eighty (expected: 0 to 65535)."));
        assertThat(refused.out()).isEmpty();
        assertThat(directory.resolve("data")).doesNotExist();
    }

    private record Ended(int code, String out, String err) {}

    /** Runs it as in production, with nothing set but a port that is none. */
    private Ended program(String... arguments) throws Exception {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        var builder = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        "-Dapg.program=bin/apg",
                                        Apg.class.getName()),
                                Stream.of(arguments))
                        .toList())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "ENVIRONMENT",
                        "production",
                        "PORT",
                        "eighty",
                        "APG_DATA_DIR",
                        directory.resolve("data").toString()));
        int code = builder.start().waitFor();
        return new Ended(code, Files.readString(out), Files.readString(err));
    }
}
