package dev.apg.server.platform.outbound;

import dev.apg.server.platform.HostName;
import dev.apg.server.platform.config.Destination;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what may be called. It is asked for the addresses of a host when a connection is made, and the connection goes to one
 * of its answer: between the check and the use no other address can come in.
 *
 * @param plain whether these connections go without TLS
 */
record CheckedAddresses(Lookup lookup, List<Destination> allowed, boolean plain) implements DnsResolver {
    static final String EXPECTED =
            "(expected: https:// and a host with public addresses only; the operator allows others with APG_OUTBOUND_ALLOWED)";

    private static final Logger log = LoggerFactory.getLogger(CheckedAddresses.class);
    private static final Pattern QUAD = Pattern.compile("(?:0|[1-9]\\d{0,2})(?:\\.(?:0|[1-9]\\d{0,2})){3}");
    private static final int LAST_PORT = 65_535;

    /** Where names become addresses. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** The host is unknown or has an address that may not be called; which of both, no stranger learns. */
    static final class Refused extends UnknownHostException {
        Refused(String host) {
            super(host);
        }
    }

    /**
     * What can be seen from an address without asking anybody.
     *
     * @throws OutboundException if it cannot be one that may be called
     */
    static URI parse(String text, List<Destination> allowed) throws OutboundException {
        URI address;
        try {
            address = URI.create(text);
        } catch (IllegalArgumentException unreadable) {
            throw refused("the address cannot be read");
        }
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = address.getHost();
        if (!scheme.equals("https") && !scheme.equals("http") || host == null) {
            throw refused("the address has no https:// or no host that is written as it should be");
        }
        if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw refused("the address of %s has user info or a fragment".formatted(host));
        }
        if (address.getPort() == 0 || address.getPort() > LAST_PORT) {
            throw refused("the address of %s has a port that there is not".formatted(host));
        }
        Optional<InetAddress> literal = literal(host);
        boolean plain = scheme.equals("http");
        boolean possible = literal.isPresent()
                ? mayCall(host, literal.get(), plain, allowed)
                : HostName.parse(host).isPresent() && (!plain || mayCallPlainly(host, allowed));
        if (!possible) {
            throw refused(host + " cannot be called");
        }
        return address;
    }

    static OutboundException refused(String what) {
        return new OutboundException(OutboundException.Reason.ADDRESS, what + " " + EXPECTED + ".");
    }

    /** A network may cover the host; which, its addresses will tell. */
    private static boolean mayCallPlainly(String host, List<Destination> allowed) {
        return allowed.stream().filter(Destination::plain).anyMatch(destination -> switch (destination) {
            case Destination.Host named -> named.name().text().equalsIgnoreCase(host);
            case Destination.Network _ -> true;
        });
    }

    private static boolean mayCall(String host, InetAddress address, boolean plain, List<Destination> allowed) {
        return !plain && SpecialNetworks.isPublic(address)
                || allowed.stream()
                        .anyMatch(destination -> destination.covers(host, address) && (destination.plain() || !plain));
    }

    /** Only the one spelling that everybody reads alike. */
    private static Optional<InetAddress> literal(String host) {
        boolean six = host.startsWith("[") && host.indexOf('%') < 0;
        try {
            return six || QUAD.matcher(host).matches()
                    ? Optional.of(InetAddress.ofLiteral(six ? host.substring(1, host.length() - 1) : host))
                    : Optional.empty();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses;
        try {
            addresses = lookup.addresses(host);
        } catch (UnknownHostException unknown) {
            throw new Refused(host);
        }
        Optional<InetAddress> closed = Stream.of(addresses)
                .filter(address -> !mayCall(host, address, plain, allowed))
                .findFirst();
        if (addresses.length == 0 || closed.isPresent()) {
            closed.ifPresent(address -> log.info(
                    "{} was not called: its address {} is not public, or not to be called without TLS, and APG_OUTBOUND_ALLOWED names neither.",
                    host,
                    address.getHostAddress()));
            throw new Refused(host);
        }
        return addresses;
    }

    /** A name is known by nothing but itself. */
    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
