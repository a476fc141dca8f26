package dev.apg.server.web;

import java.time.Duration;
import java.util.UUID;

/**
 * Turns of one kind of questions that take long: those of one tenant are answered one after the other, and as many beside each
 * other as the node has processors.
 */
public final class QuestionTurns {
    /** How long a question waits for its tenant's earlier one, and for those of others. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final TenantTurns turns = new TenantTurns(Runtime.getRuntime().availableProcessors());
    private final String about;

    /** @param about what the questions are about, as in a sentence */
    public QuestionTurns(String about) {
        this.about = about;
    }

    /**
     * Waits for a turn.
     *
     * @throws Rejection 503 {@code server.busy}
     */
    public TenantTurns.Turn await(UUID tenantId) {
        return turns.await(tenantId, LONGEST_WAIT)
                .orElseThrow(() -> busy("other questions about %s were not answered within %d s"
                        .formatted(about, LONGEST_WAIT.toSeconds())));
    }

    /** 503 {@code server.busy}. */
    public static Rejection busy(String why) {
        return Rejection.unavailable("server.busy", "The server is busy: " + why, RETRY_AFTER);
    }
}
