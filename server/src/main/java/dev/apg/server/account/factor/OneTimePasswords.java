package dev.apg.server.account.factor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Time-based one-time passwords as every authenticator makes them: RFC 6238 with SHA-1, 30 seconds and six digits. */
public final class OneTimePasswords {
    private static final long STEP_SECONDS = 30;
    private static final int MODULUS = 1_000_000;

    /** Clocks differ, and people need a moment to type. */
    private static final int STEPS_AROUND = 1;

    private OneTimePasswords() {}

    /**
     * The step of which a code is.
     *
     * @param last the step of the last code that was taken: one of it or before is not taken again
     * @return empty if it is not of the present step or one beside it
     */
    public static OptionalLong step(byte[] secret, String code, Instant now, long last) {
        long present = now.getEpochSecond() / STEP_SECONDS;
        for (long step = present - STEPS_AROUND; step <= present + STEPS_AROUND; step++) {
            boolean same = MessageDigest.isEqual(
                    code(secret, step).getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
            if (same && step > last) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    /** The code that a device shows at a time. */
    public static String code(byte[] secret, Instant at) {
        return code(secret, at.getEpochSecond() / STEP_SECONDS);
    }

    private static String code(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "RAW"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
            return "%06d".formatted(number % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has this", e);
        }
    }
}
