package dev.apg.server.platform.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Addresses that do not lead to the public internet, or lead there by way of somebody else's gateway: those of the IANA
 * registries of special-purpose addresses, and what clouds answer their machines at.
 */
final class SpecialNetworks {
    private record Network(byte[] first, int bits) {
        static Network of(String text) {
            String[] parts = text.split("/");
            return new Network(InetAddress.ofLiteral(parts[0]).getAddress(), Integer.parseInt(parts[1]));
        }

        boolean contains(byte[] address) {
            if (address.length != first.length) {
                return false;
            }
            int whole = bits / Byte.SIZE;
            int rest = bits % Byte.SIZE;
            return Arrays.equals(address, 0, whole, first, 0, whole)
                    && (rest == 0 || (address[whole] ^ first[whole]) >> Byte.SIZE - rest == 0);
        }
    }

    private static final List<Network> FOUR = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            // Azure answers its machines there.
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** All public addresses of the internet's sixth version begin like this so far. */
    private static final Network GLOBAL = Network.of("2000::/3");

    /** In the global part: protocols (Teredo among them), documentation, 6to4. */
    private static final List<Network> SIX =
            networks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    /** What networks without the fourth version reach the others by; the last four bytes are an address of those. */
    private static final Network TRANSLATED = Network.of("64:ff9b::/96");

    private SpecialNetworks() {}

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::of).toList();
    }

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        // Java reads ::ffff:0:0/96 as addresses of the fourth version.
        if (address instanceof Inet4Address) {
            return FOUR.stream().noneMatch(network -> network.contains(bytes));
        }
        return TRANSLATED.contains(bytes)
                ? isPublic(embedded(bytes))
                : GLOBAL.contains(bytes) && SIX.stream().noneMatch(network -> network.contains(bytes));
    }

    private static InetAddress embedded(byte[] bytes) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }
}
