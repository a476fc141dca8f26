package dev.apg.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs that may be on the machine. */
public final class Commands {
    private static final int LIMIT_SECONDS = 120;

    private Commands() {}

    /** How a program ended, and all that it wrote. */
    public record Result(int status, String output) {
        public String expectSuccess() {
            if (status != 0) {
                throw new AssertionError("ended with " + status + ": " + output);
            }
            return output;
        }
    }

    public static boolean present(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .anyMatch(Files::isExecutable);
    }

    public static Result run(Path folder, String... command) {
        try {
            Path output = Files.createTempFile("apg-command", ".txt");
            Process process = new ProcessBuilder(List.of(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command[0] + " did not end");
            }
            String text = Files.readString(output, UTF_8);
            Files.delete(output);
            return new Result(process.exitValue(), text);
        } catch (IOException e) {
            throw new AssertionError(command[0], e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(command[0], e);
        }
    }

    /** Says on the console that a check is left out, and why. */
    public static void skip(String reason) {
        System.out.println("SKIPPED: " + reason);
        org.junit.jupiter.api.Assumptions.abort(reason);
    }

    /** Leaves out a check that continuous integration must not leave out: there, what it needs has to be installed. */
    public static void skipExceptInCi(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason + ", and CI=true");
        }
        skip(reason);
    }
}
