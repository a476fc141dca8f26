package dev.apg.server.testing;

import dev.apg.server.account.factor.OneTimePasswords;
import java.time.Instant;

/** The device of somebody who has a second factor. */
public final class TestAuthenticator {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private TestAuthenticator() {}

    /** What it shows when it is as many steps of half a minute ahead. */
    public static String code(String secret, int steps) {
        return OneTimePasswords.code(bytes(secret), Instant.now().plusSeconds(30L * steps));
    }

    private static byte[] bytes(String base32) {
        long buffer = 0;
        int bits = 0;
        byte[] bytes = new byte[base32.length() * BITS / Byte.SIZE];
        int at = 0;
        for (char letter : base32.toCharArray()) {
            buffer = buffer << BITS | BASE32.indexOf(letter);
            bits += BITS;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes[at++] = (byte) (buffer >> bits);
            }
        }
        return bytes;
    }
}
