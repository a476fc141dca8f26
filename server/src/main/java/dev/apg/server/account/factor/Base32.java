package dev.apg.server.account.factor;

/** How secrets are typed into authenticators: RFC 4648, without padding. */
public final class Base32 {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    public static String write(byte[] bytes) {
        var text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = buffer << 8 | b & 0xff;
            bits += 8;
            while (bits >= BITS) {
                text.append(LETTERS.charAt(buffer >> bits - BITS & 0x1f));
                bits -= BITS;
            }
        }
        if (bits > 0) {
            text.append(LETTERS.charAt(buffer << BITS - bits & 0x1f));
        }
        return text.toString();
    }
}
