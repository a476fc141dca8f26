package dev.apg.cli.client;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient.Answer;
import dev.apg.cli.client.ApgClient.Coming;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** Requests and their answers; one that does not come, or not whole, becomes a {@link CommandFailure}. */
final class Exchanges {
    /** The longest answer that is read into memory, in bytes: more than a server sends. */
    private static final int MOST = 64 * 1024 * 1024;

    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;

    /** Refusals that come before anybody looks at whether a request was carried out already. */
    private static final Set<Integer> UNASKED = Set.of(401, 403, TOO_MANY);

    /** What a gateway answers that lost the server, or did not wait for it. */
    private static final Set<Integer> OF_GATEWAY = Set.of(502, 504);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** What stands in front of the server answered in its place, so that nobody knows what became of the request. */
    static final class GatewayAnswered extends IOException {
        private final int status;

        GatewayAnswered(int status) {
            super("a gateway answered %d".formatted(status));
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private final ServerAddress server;
    private final Patience patience;
    private final Refusals refusals;
    private final ExchangeFailures failures;
    private final HttpClient http;

    Exchanges(ServerAddress server, Patience patience, Authorities authorities, Refusals refusals) {
        HttpClient.Builder http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Patience.CONNECTION);
        if ("https".equals(server.url().getScheme())) {
            authorities.context().ifPresent(http::sslContext);
        }
        this.http = http.build();
        this.server = server;
        this.patience = patience;
        this.refusals = refusals;
        this.failures = new ExchangeFailures(server);
    }

    /** Sends a request and waits for its whole answer. */
    Answer ask(HttpRequest request, Effect effect) {
        try {
            return ask(request);
        } catch (IOException e) {
            throw failures.of(e, effect);
        }
    }

    /**
     * Sends a request to change something, and again where the answer is lost, until it is known what became of it.
     *
     * @param request with an {@code Idempotency-Key}, by which the server knows whether it was done already
     * @param done what it did if it was done and its answer cannot be had again
     */
    Answer askUntilKnown(HttpRequest request, Effect done) {
        try {
            return ask(request);
        } catch (IOException lost) {
            if (failures.isLost(lost)) {
                return askAgain(request, lost, done);
            }
            throw failures.of(lost, Effect.ONCE);
        }
    }

    /** Until the server knows what became of the first, or longer than one answer may take. */
    private Answer askAgain(HttpRequest request, IOException lost, Effect done) {
        long began = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            Answer answer = askOnceMore(request, lost);
            String code = answer.status() == CONFLICT ? code(answer) : "";
            switch (code) {
                case "idempotency_key.answer_lost", "idempotency_key.answer_not_kept" -> throw failures.of(lost, done);
                case "idempotency_key.under_way" -> {
                    Duration waited = Duration.ofNanos(System.nanoTime() - began);
                    if (waited.plus(pause).compareTo(patience.request()) > 0) {
                        throw failures.of(lost, Effect.ONCE);
                    }
                    pause(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
                default -> {
                    if (!tells(answer)) {
                        throw failures.of(lost, Effect.ONCE);
                    }
                    return answer;
                }
            }
        }
    }

    /** The answer to a request that was sent again; without one, what became of the first is not known. */
    private Answer askOnceMore(HttpRequest request, IOException lost) {
        try {
            return ask(request);
        } catch (IOException | CommandFailure again) {
            throw failures.of(lost, Effect.ONCE);
        }
    }

    /** Whether the answer to a request that was sent again says what became of the first, too. */
    private boolean tells(Answer answer) {
        int status = answer.status();
        return status < 300 || status >= 400 && status < 500 && !UNASKED.contains(status) && isExplained(answer);
    }

    private boolean isExplained(Answer answer) {
        return !code(answer).equals(Refusals.UNEXPLAINED);
    }

    private String code(Answer refusal) {
        return refusals.of(refusal.status(), refusal.body()).problem().code();
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static CommandFailure interrupted() {
        Thread.currentThread().interrupt();
        return new CommandFailure(ExitCode.FAILED, "interrupted");
    }

    private Answer ask(HttpRequest request) throws IOException {
        return whole(exchangeInTurn(request, patience.request()));
    }

    /** Sends a request about the whole catalogue and waits for the beginning of its answer, which the caller closes. */
    Coming begin(HttpRequest request, Effect effect) {
        try {
            return exchangeInTurn(request, patience.catalogue());
        } catch (IOException e) {
            throw failures.of(e, effect);
        }
    }

    /** Reads the rest of an answer and closes it. */
    Answer whole(Coming answer, Effect effect) {
        try {
            return whole(answer);
        } catch (IOException e) {
            throw failures.of(e, effect);
        }
    }

    private Answer whole(Coming coming) throws IOException {
        try (Coming answer = coming) {
            byte[] read = answer.body().readNBytes(MOST);
            if (read.length == MOST && answer.body().read() >= 0) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "%s does not stop answering (expected: at most %d MiB): is APG_URL right?"
                                .formatted(server.url(), MOST / (1024 * 1024)));
            }
            var complete = new Answer(answer.status(), answer.headers(), read);
            if (OF_GATEWAY.contains(answer.status()) && !isExplained(complete)) {
                throw new GatewayAnswered(answer.status());
            }
            return complete;
        }
    }

    /**
     * As the next, but where the server says that it is asked too often, it is asked again when it says, as long as all pauses
     * together are no longer than an answer may take. It does nothing for what it refuses in this way, so that any request may
     * be sent again.
     */
    private Coming exchangeInTurn(HttpRequest request, Duration longest) throws IOException {
        Duration left = longest;
        while (true) {
            Coming answer = exchange(request, longest);
            Optional<Duration> pause = pauseAsked(answer);
            if (pause.isEmpty() || pause.get().compareTo(left) > 0) {
                return answer;
            }
            answer.close();
            pause(pause.get());
            left = left.minus(pause.get());
        }
    }

    private static Optional<Duration> pauseAsked(Coming answer) {
        return answer.status() == TOO_MANY
                ? answer.headers()
                        .firstValue("Retry-After")
                        .filter(seconds -> seconds.matches("[0-9]{1,9}"))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                        .map(pause -> pause.isZero() ? FIRST_PAUSE : pause)
                : Optional.empty();
    }

    /** @throws IOException if no answer begins in time */
    private Coming exchange(HttpRequest request, Duration longest) throws IOException {
        var silence = new Silence(longest);
        try {
            HttpResponse<InputStream> answer =
                    silence.await(http.sendAsync(silence.brokenBy(request), BodyHandlers.ofInputStream()));
            return new Coming(answer.statusCode(), answer.headers(), silence.brokenBy(answer.body()));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            }
            throw failures.of(cause, Effect.NONE);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }
}
