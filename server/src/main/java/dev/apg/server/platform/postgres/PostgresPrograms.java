package dev.apg.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs.
 *
 * @param home holds {@code bin} and {@code lib}
 */
record PostgresPrograms(Path home) {
    /**
     * Runs one to its end.
     *
     * @throws EmbeddedPostgresException with what it printed, if it fails or takes longer than that
     */
    void run(long seconds, String program, String... arguments) {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, and still owns its files.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("apg-postgres-", ".out");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .start();
                if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new EmbeddedPostgresException("%s did not finish within %d s.".formatted(program, seconds));
                }
                if (process.exitValue() != 0) {
                    throw new EmbeddedPostgresException("%s failed: %s"
                            .formatted(program, Files.readString(output).strip()));
                }
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException("%s could not be run: %s".formatted(program, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("%s was interrupted.".formatted(program), e);
        }
    }
}
