package dev.apg.server.platform.outbound;

import dev.apg.server.platform.outbound.OutboundException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.jspecify.annotations.Nullable;

/** What went wrong with a call, in sentences of ours: those of libraries may quote the other side. */
final class Failures {
    /** The content is longer than the caller takes. */
    static final class TooLarge extends IOException {
        private final int longest;

        TooLarge(int longest) {
            this.longest = longest;
        }
    }

    private Failures() {}

    static OutboundException told(String host, @Nullable Throwable failure) {
        return switch (failure) {
            case CheckedAddresses.Refused _ ->
                CheckedAddresses.refused(host + " is not known, or has an address that cannot be called");
            case TooLarge large ->
                new OutboundException(
                        Reason.ANSWER,
                        "The answer of %s is too long (expected: at most %d bytes).".formatted(host, large.longest));
            case MessageConstraintException _ ->
                new OutboundException(
                        Reason.ANSWER,
                        "The headers of %s's answer are too many or too long (expected: 100 of 8,192 bytes at most)."
                                .formatted(host));
            case ConnectTimeoutException _ -> unreachable(host);
            case SocketTimeoutException _ ->
                new OutboundException(Reason.SLOW, host + " does not answer (expected: an answer in time).");
            case InterruptedIOException _ ->
                new OutboundException(
                        Reason.SLOW, "Too many calls of %s are under way (MAX_CONNECTIONS_PER_HOST).".formatted(host));
            case SSLException _ ->
                new OutboundException(
                        Reason.UNREACHABLE,
                        "%s does not prove by TLS that it is %s (expected: a certificate for that name, by somebody whom Java or APG_OUTBOUND_CERTIFICATES trusts, and TLS 1.2 or 1.3)."
                                .formatted(host, host));
            case ClientProtocolException _ ->
                new OutboundException(
                        Reason.ANSWER, "The answer of %s is no HTTP (expected: HTTP/1.1).".formatted(host));
            case IOException _ -> unreachable(host);
            case RuntimeException ours -> throw ours;
            case null, default -> throw new IllegalStateException("a call ended for no reason", failure);
        };
    }

    private static OutboundException unreachable(String host) {
        return new OutboundException(
                Reason.UNREACHABLE, host + " cannot be reached, or ended the connection (expected: an answer).");
    }
}
