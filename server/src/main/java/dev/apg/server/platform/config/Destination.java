package dev.apg.server.platform.config;

import dev.apg.server.platform.HostName;
import java.net.InetAddress;

/** What the server may call although it is not public, or not encrypted. */
public sealed interface Destination {
    /** Whether it may also be called without TLS. */
    boolean plain();

    /** @param host as the address to call has it */
    boolean covers(String host, InetAddress address);

    /** A host, whatever its addresses are. */
    record Host(HostName name, boolean plain) implements Destination {
        @Override
        public boolean covers(String host, InetAddress address) {
            return name.text().equalsIgnoreCase(host);
        }
    }

    /** Addresses, whatever the host is called. */
    record Network(AddressRange range, boolean plain) implements Destination {
        @Override
        public boolean covers(String host, InetAddress address) {
            return range.contains(address);
        }
    }

    /** @throws IllegalArgumentException if it is no host, address or network */
    static Destination parse(String text) {
        boolean plain = text.startsWith("http://");
        String place = plain ? text.substring("http://".length()) : text;
        return HostName.parse(place)
                .<Destination>map(name -> new Host(name, plain))
                .orElseGet(() -> new Network(AddressRange.parse(place), plain));
    }
}
