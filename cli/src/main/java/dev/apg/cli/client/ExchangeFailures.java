package dev.apg.cli.client;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Arrays;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Says in a sentence why a server did not answer, or not as a server does. */
record ExchangeFailures(ServerAddress server) {
    /** In lower case: the library begins its sentence in two ways. */
    private static final String NO_TLS = "unrecognized ssl message";

    /**
     * What to tell of a failed exchange. A mistake of this program is no failure of an exchange and is thrown as it is.
     *
     * @param effect of the request, which may have come to the server
     */
    CommandFailure of(Throwable cause, Effect effect) {
        if (find(CommandFailure.class, cause) instanceof CommandFailure ours) {
            return ours;
        }
        if (find(UncheckedIOException.class, cause) instanceof UncheckedIOException unread) {
            return new CommandFailure(
                    ExitCode.FAILED, "What was to be sent cannot be read: %s".formatted(unread.getMessage()));
        }
        if (isNotHttp(cause)) {
            // The library's own words may quote whatever came, of any length.
            return new CommandFailure(
                    ExitCode.FAILED, "%s answers with what is not HTTP: is APG_URL right?".formatted(server.url()));
        }
        return switch (cause) {
            case Silence.TooLong silent -> unavailable(silent(silent, effect));
            case HttpConnectTimeoutException ignored ->
                unavailable("%s does not answer: no connection within %d s. Is APG_URL right?"
                        .formatted(server.url(), Patience.CONNECTION.toSeconds()));
            case Exchanges.GatewayAnswered gateway ->
                unavailable("A gateway answered %d in the place of %s. %s"
                        .formatted(gateway.status(), server.url(), effect.advice()));
            case SSLException foreign
            when isNoTls(foreign) ->
                unavailable("%s does not speak TLS: does its address begin with http://?".formatted(server.url()));
            case SSLException distrusted
            when isUnreachable(distrusted) ->
                unavailable(
                        "%s cannot be reached safely (%s): is its certificate valid, for this name, and from an authority that this Java trusts? Your own authority's certificate can be given with --ca or %s."
                                .formatted(server.url(), words(root(distrusted)), Authorities.VARIABLE));
            case IOException unreachable
            when isUnreachable(unreachable) ->
                unavailable(
                        "%s cannot be reached (%s): is the server running? Start it with `apg serve`, or set APG_URL."
                                .formatted(server.url(), words(unreachable)));
            case IOException lost ->
                unavailable("%s broke off before its answer was complete (%s). %s"
                        .formatted(server.url(), words(lost), effect.advice()));
            case RuntimeException mistake -> throw mistake;
            case Error mistake -> throw mistake;
            case Throwable unknown -> throw new IllegalStateException(unknown);
        };
    }

    /** Whether the request may have come to the server whose answer did not come, so that nobody knows what became of it. */
    boolean isLost(IOException failure) {
        return !(failure instanceof Silence.TooLong)
                && !isUnreachable(failure)
                && !isNotHttp(failure)
                && find(CommandFailure.class, failure) == null
                && find(UncheckedIOException.class, failure) == null;
    }

    /** Headers that are none are an {@link IllegalArgumentException} of the library. */
    private static boolean isNotHttp(Throwable cause) {
        return find(ProtocolException.class, cause) != null
                || (!(cause instanceof IOException)
                        && find(IllegalArgumentException.class, cause) instanceof IllegalArgumentException refused
                        && isOfLibrary(refused));
    }

    /** Whether it was the HTTP client that refused something, and not this program, or what that was asked for. */
    private static boolean isOfLibrary(IllegalArgumentException refused) {
        return Arrays.stream(refused.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> !name.startsWith("java.lang.") && !name.startsWith("java.util."))
                .findFirst()
                .filter(name -> name.startsWith("java.net.http.") || name.startsWith("jdk.internal.net.http."))
                .isPresent();
    }

    /** Whether no request can have come to the server. Where TLS fails later than at its beginning, one may have. */
    private static boolean isUnreachable(IOException failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof SSLHandshakeException
                || failure instanceof SSLPeerUnverifiedException
                || failure instanceof SSLException foreign && isNoTls(foreign);
    }

    /** The library has no type for it, unlike for all else that ends a connection before a request is sent. */
    private static boolean isNoTls(SSLException failure) {
        return words(failure).toLowerCase(Locale.ROOT).contains(NO_TLS);
    }

    /** Says in its own words what the failures around it repeat with names of types. */
    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private String silent(Silence.TooLong silent, Effect effect) {
        String sentence = "%s does not answer: %s. If it needs longer, set %s to more seconds."
                .formatted(server.url(), silent.getMessage(), Patience.VARIABLE);
        return effect == Effect.NONE || effect == Effect.SHOWN ? sentence : sentence + " " + effect.advice();
    }

    private static CommandFailure unavailable(String sentence) {
        return new CommandFailure(ExitCode.UNAVAILABLE, sentence);
    }

    /** Never empty. */
    static String words(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
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
