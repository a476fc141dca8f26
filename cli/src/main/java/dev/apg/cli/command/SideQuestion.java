package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.client.ProblemException;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/**
 * What a command asks beside what it was told to ask, to say more of an answer that it has already. However that goes, it
 * does not cost the answer.
 */
final class SideQuestion {
    private SideQuestion() {}

    /** What the server says; empty if it refuses, or cannot be heard or understood. */
    static <T> Optional<T> ask(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (ProblemException | CommandFailure | JacksonException unanswered) {
            return Optional.empty();
        }
    }
}
