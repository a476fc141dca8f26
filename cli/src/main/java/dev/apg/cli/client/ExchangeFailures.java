package dev.apg.cli.client;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/** Says in a sentence why a server did not answer, or not as a server does. */
record ExchangeFailures(ServerAddress server) {
    CommandFailure of(Throwable cause) {
        if (find(CommandFailure.class, cause) instanceof CommandFailure ours) {
            return ours;
        }
        if (find(UncheckedIOException.class, cause) instanceof UncheckedIOException unread) {
            return new CommandFailure(
                    ExitCode.FAILED, "What was to be sent cannot be read: %s".formatted(unread.getMessage()));
        }
        if (find(ProtocolException.class, cause) != null || !(cause instanceof IOException)) {
            // The library's own words may quote whatever came, of any length.
            return new CommandFailure(
                    ExitCode.FAILED, "%s answers with what is not HTTP: is APG_URL right?".formatted(server.url()));
        }
        return new CommandFailure(
                ExitCode.UNAVAILABLE,
                switch (cause) {
                    case HttpConnectTimeoutException ignored ->
                        "%s does not answer: no connection within %d s. Is APG_URL right?"
                                .formatted(server.url(), Patience.CONNECTION.toSeconds());
                    case Silence.TooLong silent ->
                        "%s does not answer: %s. If it needs longer, set %s to more seconds."
                                .formatted(server.url(), silent.getMessage(), Patience.VARIABLE);
                    default ->
                        "%s cannot be reached (%s): is the server running? Start it with `apg serve`, or set APG_URL."
                                .formatted(
                                        server.url(),
                                        cause.getMessage() == null
                                                ? cause.getClass().getSimpleName()
                                                : cause.getMessage());
                });
    }

    private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
