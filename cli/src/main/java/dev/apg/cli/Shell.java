package dev.apg.cli;

import dev.apg.cli.output.ShellText;
import java.io.Console;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What surrounds a command. It is given and never looked up, so that a test can give another one.
 *
 * @param environment the environment variables
 * @param directory what relative paths are relative to
 * @param input the standard input
 * @param terminal whether a person watches: progress bars are for people
 * @param program how this program was started, such as {@code bin/apg}: commands that it prints begin so
 */
public record Shell(
        Map<String, String> environment, Path directory, InputStream input, boolean terminal, String program) {
    private static final Pattern COMMAND = Pattern.compile("(?m)(^|`|\\| )apg (?=[a-z])");

    /** One between backticks that talks to a server, and does not say to which. */
    private static final Pattern ASKING =
            Pattern.compile("`(?<command>[^` ]*apg (?!serve|migrate|generate-completion)(?![^`]* --url )[a-z][^`]*)`");

    public Shell {
        environment = Map.copyOf(environment);
    }

    /** That of this process. */
    static Shell ofProcess() {
        Console console = System.console();
        return new Shell(
                System.getenv(),
                Path.of(""),
                System.in,
                console != null && console.isTerminal(),
                System.getProperty("apg.program", "apg"));
    }

    /** A path as it was written on the command line. */
    public Path path(String written) {
        return directory.resolve(written);
    }

    /** Where a local server keeps its data. */
    public Path dataDirectory() {
        return path(environment.getOrDefault("APG_DATA_DIR", "data"));
    }

    /**
     * A text whose commands of {@code apg}, at the beginning of a line, behind a pipe or between backticks, can be pasted
     * here: they begin as this program was started.
     */
    public String spell(String text) {
        return COMMAND.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(program) + " ");
    }

    /**
     * The same for a sentence whose commands are between backticks.
     *
     * @param url of the server that they are to ask, if that was said on the command line
     */
    public String spell(String sentence, Optional<URI> url) {
        return spell(url.map(address -> ASKING.matcher(sentence)
                        .replaceAll(found -> Matcher.quoteReplacement("`%s --url %s`"
                                .formatted(found.group("command"), ShellText.quote(address.toString())))))
                .orElse(sentence));
    }
}
