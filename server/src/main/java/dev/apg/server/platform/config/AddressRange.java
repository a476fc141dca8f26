package dev.apg.server.platform.config;

import java.net.InetAddress;
import java.util.Arrays;

/** A network such as {@code 10.0.0.0/8}, or a single address. */
public record AddressRange(InetAddress first, int bits) {

    /** @throws IllegalArgumentException if the text is neither, or has a bit beyond its length */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int most = address.getAddress().length * Byte.SIZE;
        int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > most || !Arrays.equals(masked(address.getAddress(), bits), address.getAddress())) {
            throw new IllegalArgumentException("not a network");
        }
        return new AddressRange(address, bits);
    }

    public boolean contains(InetAddress address) {
        return address.getAddress().length == first.getAddress().length
                && Arrays.equals(masked(address.getAddress(), bits), first.getAddress());
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] network = address.clone();
        for (int i = 0; i < network.length; i++) {
            int kept = Math.clamp(bits - i * Byte.SIZE, 0, Byte.SIZE);
            network[i] &= (byte) (0xff << Byte.SIZE - kept);
        }
        return network;
    }
}
