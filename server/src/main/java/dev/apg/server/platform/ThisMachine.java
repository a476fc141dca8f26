package dev.apg.server.platform;

import java.net.InetAddress;
import java.util.Locale;

/** What leads to this machine, whatever a directory of names says. */
public final class ThisMachine {
    private ThisMachine() {}

    /** Whether a host of an address, with or without the brackets of IPv6, is this machine. */
    public static boolean isCalled(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(name.startsWith("[") ? name.substring(1, name.length() - 1) : name)
                    .isLoopbackAddress();
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }
}
