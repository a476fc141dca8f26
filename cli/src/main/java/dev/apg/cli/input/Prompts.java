package dev.apg.cli.input;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.FileFailures;
import dev.apg.cli.Shell;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Asks a person, who does not see what they type of a secret; where nobody watches, reads lines of the standard input. */
public final class Prompts {
    private static final int LONGEST = 4_000;

    private final Shell shell;
    private final PrintWriter err;

    public Prompts(Shell shell, PrintWriter err) {
        this.shell = shell;
        this.err = err;
    }

    public String line(String label) {
        if (shell.terminal()) {
            // Not on the standard output, which may go into a file.
            err.print(label + ": ");
            err.flush();
        }
        return next(label);
    }

    public String secret(String label) {
        Console console = shell.terminal() ? System.console() : null;
        if (console == null) {
            return next(label);
        }
        char[] typed = console.readPassword("%s: ", label);
        if (typed == null) {
            throw missing(label);
        }
        return new String(typed);
    }

    /** Byte by byte: what is behind the line belongs to the next question. */
    private String next(String label) {
        var line = new ByteArrayOutputStream();
        try {
            int c = shell.input().read();
            if (c < 0) {
                throw missing(label);
            }
            while (c >= 0 && c != '\n' && line.size() < LONGEST) {
                line.write(c);
                c = shell.input().read();
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "The standard input cannot be read: %s".formatted(FileFailures.words(e)));
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static CommandFailure missing(String label) {
        return new CommandFailure(
                ExitCode.USAGE, "The standard input has ended (expected: a line with the %s)".formatted(label));
    }
}
