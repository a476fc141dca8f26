package dev.apg.server.platform;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** By what clients are told apart that have not said who they are. */
public final class ClientNetwork {
    /** How much of an IPv6 address one customer has. */
    private static final int NETWORK_BYTES = 8;

    private ClientNetwork() {}

    /** An address; of an IPv6 address the network, because who has one has all of its addresses. */
    public static String of(InetAddress address) {
        return address instanceof Inet6Address six
                ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES)
                : address.getHostAddress();
    }
}
