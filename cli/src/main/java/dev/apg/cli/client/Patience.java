package dev.apg.cli.client;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.Shell;
import java.time.Duration;

/**
 * How long a server may be silent, neither taking nor sending a byte, until it is given up. Each byte begins the time anew, so
 * that whatever goes on may take as long as it needs.
 *
 * @param request for a question and its answer: longer than a server that works lets anybody wait. A freeze computes three
 *     times (it resolves, checks and renders), each a minute with its queue; a validation twice, and again for the fixes of
 *     at most three requirements, which end with the first computation that takes a minute. That leaves a freeze two minutes
 *     for the database, a quarter of one for each statement
 * @param catalogue for imports and exports of all there is: those wait for their turn for two minutes and for statements
 *     of up to five before there is anything to tell
 */
public record Patience(Duration request, Duration catalogue) {
    /** The variable that sets another time, in seconds. */
    public static final String VARIABLE = "APG_TIMEOUT";

    /** How long a connection may take; one that comes at all comes at once. */
    static final Duration CONNECTION = Duration.ofSeconds(5);

    private static final int MOST_SECONDS = 86_400;
    private static final Patience USUAL = new Patience(Duration.ofMinutes(5), Duration.ofMinutes(10));

    /** The usual one, or what {@code APG_TIMEOUT} says, which then holds for everything. */
    public static Patience of(Shell shell) {
        String seconds = shell.environment().getOrDefault(VARIABLE, "").strip();
        if (seconds.isEmpty()) {
            return USUAL;
        }
        Duration asked = Duration.ofSeconds(seconds(seconds));
        return new Patience(asked, asked);
    }

    private static int seconds(String text) {
        int seconds = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new CommandFailure(
                    ExitCode.USAGE, "%s: %s (expected: seconds, 1 to %d)".formatted(VARIABLE, text, MOST_SECONDS));
        }
        return seconds;
    }
}
