package dev.apg.server.web;

import dev.apg.server.platform.config.EdgeSettings;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * For whom a proxy asks. Each proxy appends whom it got the request from, so that the list is read from its end: an entry is
 * believed as long as whoever wrote it is. What stands before is the client's own invention, and nothing in it, however garbled,
 * changes how what comes behind is read.
 *
 * @param address the client's, as far as anybody who is believed knows
 * @param secure whether it reached the outermost believed proxy by TLS, as far as that one says so
 */
record ForwardedClient(String address, boolean secure) {
    private static final Pattern BRACKETED = Pattern.compile("\\[(?<address>[^\\[\\]]*:[^\\[\\]]*)](:[0-9]+)?");
    private static final Pattern WITH_PORT = Pattern.compile("(?<address>[^:]+):[0-9]+");

    /** What one proxy said. An address that is hidden, or none, is empty. */
    private record Hop(Optional<InetAddress> from, Optional<String> scheme) {}

    /**
     * What the headers of a request say; empty if the peer is nobody who is believed, or says nothing.
     *
     * @param lines of the header that proxies write, in the order in which they came
     * @param schemes of {@code X-Forwarded-Proto}
     */
    static Optional<ForwardedClient> of(String peer, List<String> lines, List<String> schemes, EdgeSettings settings) {
        List<Hop> hops = settings.proxyHeader() == EdgeSettings.ProxyHeader.FORWARDED
                ? forwarded(lines)
                : forwardedFor(lines, schemes);
        if (hops.isEmpty() || literal(peer).filter(settings::isTrusted).isEmpty()) {
            return Optional.empty();
        }
        String address = peer;
        Optional<String> scheme = Optional.empty();
        for (Hop hop : hops) {
            scheme = hop.scheme();
            if (hop.from().isPresent()) {
                address = hop.from().get().getHostAddress();
            }
            if (hop.from().filter(settings::isTrusted).isEmpty()) {
                break;
            }
        }
        return Optional.of(
                new ForwardedClient(address, scheme.filter("https"::equals).isPresent()));
    }

    /** {@code X-Forwarded-For}; of {@code X-Forwarded-Proto}, which proxies mostly overwrite, the last word counts for all. */
    private static List<Hop> forwardedFor(List<String> lines, List<String> schemes) {
        Optional<String> scheme =
                fromTheEnd(schemes, ForwardedClient::words).findFirst().map(said -> said.toLowerCase(Locale.ROOT));
        return fromTheEnd(lines, ForwardedClient::words)
                .map(address -> new Hop(address(address), scheme))
                .toList();
    }

    /** RFC 7239. */
    private static List<Hop> forwarded(List<String> lines) {
        return fromTheEnd(lines, line -> unquoted(line, ','))
                .map(element -> new Hop(
                        parameter(element, "for").flatMap(ForwardedClient::address),
                        parameter(element, "proto").map(scheme -> scheme.toLowerCase(Locale.ROOT))))
                .toList();
    }

    /** The last one first. A line is read for itself: a proxy that adds one of its own does not close what another left open. */
    private static Stream<String> fromTheEnd(List<String> lines, Function<String, List<String>> split) {
        return lines.reversed().stream().flatMap(line -> split.apply(line).stream());
    }

    /** What stands between commas, the last one first; this header knows no quotes. */
    private static List<String> words(String line) {
        return Arrays.stream(line.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList()
                .reversed();
    }

    /**
     * What stands between separators that are in no quotes, the last one first and without what is empty. Read from the end, so that
     * quotes that are never closed swallow nothing that was appended behind them.
     */
    private static List<String> unquoted(String text, char separator) {
        var parts = new ArrayList<String>();
        boolean quoted = false;
        int end = text.length();
        for (int i = end - 1; i >= -1; i--) {
            if (i < 0 || text.charAt(i) == separator && !quoted) {
                String part = text.substring(i + 1, end).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                end = i;
            } else if (text.charAt(i) == '"' && !isEscaped(text, i)) {
                quoted = !quoted;
            }
        }
        return parts;
    }

    /** Whether an odd number of backslashes stands before it. */
    private static boolean isEscaped(String text, int index) {
        int first = index;
        while (first > 0 && text.charAt(first - 1) == '\\') {
            first--;
        }
        return (index - first) % 2 == 1;
    }

    private static Optional<String> parameter(String element, String name) {
        for (String pair : unquoted(element, ';')) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase(name)) {
                return value(pair.substring(equals + 1).strip());
            }
        }
        return Optional.empty();
    }

    /** With or without quotes around it; in an address or a scheme there are none. */
    private static Optional<String> value(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        String value = quoted ? text.substring(1, text.length() - 1) : text;
        return Optional.of(value).filter(plain -> !plain.contains("\""));
    }

    /** With or without a port, of IPv6 in brackets then. */
    private static Optional<InetAddress> address(String text) {
        Matcher bracketed = BRACKETED.matcher(text);
        if (bracketed.matches()) {
            return literal(bracketed.group("address"));
        }
        Matcher withPort = WITH_PORT.matcher(text);
        return literal(withPort.matches() ? withPort.group("address") : text);
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
