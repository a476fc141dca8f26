package dev.apg.server.web;

import dev.apg.server.platform.config.EdgeSettings;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * For whom a proxy asks. Each proxy appends whom it got the request from, so that the list is read from its end: an entry is
 * believed as long as whoever wrote it is. What stands before is the client's own invention.
 *
 * @param address the client's, as far as anybody who is believed knows
 * @param secure whether it reached the outermost believed proxy by TLS, as far as that one says so
 */
record ForwardedClient(String address, boolean secure) {
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
                ? forwarded(String.join(",", lines))
                : forwardedFor(String.join(",", lines), String.join(",", schemes));
        if (hops.isEmpty() || literal(peer).filter(settings::isTrusted).isEmpty()) {
            return Optional.empty();
        }
        String address = peer;
        Optional<String> scheme = Optional.empty();
        for (Hop hop : hops.reversed()) {
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
    private static List<Hop> forwardedFor(String addresses, String schemes) {
        List<String> said = split(schemes, ',');
        Optional<String> scheme =
                said.isEmpty() ? Optional.empty() : Optional.of(said.getLast().toLowerCase(Locale.ROOT));
        return split(addresses, ',').stream()
                .map(address -> new Hop(address(address), scheme))
                .toList();
    }

    /** RFC 7239. */
    private static List<Hop> forwarded(String text) {
        return split(text, ',').stream()
                .map(element -> new Hop(
                        parameter(element, "for").flatMap(ForwardedClient::address),
                        parameter(element, "proto").map(scheme -> scheme.toLowerCase(Locale.ROOT))))
                .toList();
    }

    private static Optional<String> parameter(String element, String name) {
        for (String pair : split(element, ';')) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase(name)) {
                return Optional.of(pair.substring(equals + 1).strip().replace("\"", ""));
            }
        }
        return Optional.empty();
    }

    /** At a character that stands in no quotes; without what is empty. */
    private static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == separator && !quoted) {
                String part = text.substring(start, i).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                start = i + 1;
            } else if (text.charAt(i) == '"') {
                quoted = !quoted;
            }
        }
        return parts;
    }

    /** With or without a port, of IPv6 in brackets then. */
    private static Optional<InetAddress> address(String text) {
        int close = text.indexOf(']');
        if (text.startsWith("[") && close > 0) {
            return literal(text.substring(1, close));
        }
        int colon = text.indexOf(':');
        boolean port = colon > 0 && colon == text.lastIndexOf(':');
        return literal(port ? text.substring(0, colon) : text);
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
