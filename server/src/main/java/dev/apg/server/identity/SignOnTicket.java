package dev.apg.server.identity;

import dev.apg.contract.canonical.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * One of the two halves of a login that goes by way of a provider: one travels with it, the other one stays in the browser.
 *
 * @param id of the login, the same in both
 */
record SignOnTicket(Half half, UUID id, byte[] secret) {
    private static final int SECRET_BYTES = 32;
    private static final int BYTES = 2 * Long.BYTES + SECRET_BYTES;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Where it is. */
    enum Half {
        /** {@code state}. */
        TRAVELLING("apgw_"),
        STAYING("apgb_");

        private final String prefix;

        Half(String prefix) {
            this.prefix = prefix;
        }
    }

    static SignOnTicket random(Half half, UUID id) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new SignOnTicket(half, id, secret);
    }

    static Optional<SignOnTicket> parse(Half half, String text) {
        if (!text.startsWith(half.prefix)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text.substring(half.prefix.length()));
            if (bytes.length != BYTES) {
                return Optional.empty();
            }
            var buffer = ByteBuffer.wrap(bytes);
            var id = new UUID(buffer.getLong(), buffer.getLong());
            byte[] secret = new byte[SECRET_BYTES];
            buffer.get(secret);
            return Optional.of(new SignOnTicket(half, id, secret));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    String text() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(secret)
                .array();
        return half.prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** All that is kept of it. */
    byte[] hash() {
        return Digest.of(secret).bytes();
    }

    /** Something else that only who has this can know; 43 characters for URLs. */
    String derived(String purpose) {
        byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(name.length + SECRET_BYTES)
                .put(name)
                .put(secret)
                .array();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Digest.of(all).bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignOnTicket that
                && half == that.half
                && id.equals(that.id)
                && Arrays.equals(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Without the secret: this may end up in a log. */
    @Override
    public String toString() {
        return half + " " + id;
    }
}
