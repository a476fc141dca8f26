package dev.apg.cli;

import java.io.Console;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What surrounds a command. It is given and never looked up, so that a test can give another one.
 *
 * @param environment the environment variables
 * @param directory what relative paths are relative to
 * @param input the standard input
 * @param terminal whether a person watches: progress bars are for people
 */
public record Shell(Map<String, String> environment, Path directory, InputStream input, boolean terminal) {
    public Shell {
        environment = Map.copyOf(environment);
    }

    /** That of this process. */
    static Shell ofProcess() {
        Console console = System.console();
        return new Shell(System.getenv(), Path.of(""), System.in, console != null && console.isTerminal());
    }

    /** A path as it was written on the command line. */
    public Path path(String written) {
        return directory.resolve(written);
    }

    /** Where a local server keeps its data. */
    public Path dataDirectory() {
        return path(environment.getOrDefault("APG_DATA_DIR", "data"));
    }
}
