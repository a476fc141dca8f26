package dev.apg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.testing.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}
