package dev.apg.server.account;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * What the bearer holds: {@code apg_} and, in the URL-safe Base64 alphabet, tenant, token id, secret and a checksum. It
 * names its tenant, so that looking it up stays inside row-level security; the prefix lets scanners of source code find a
 * leaked one; the checksum refuses a mistyped one without asking the database.
 */
record TokenText(UUID tenantId, UUID tokenId, byte[] secret) {
    private static final String PREFIX = "apg_";
    private static final int SECRET_BYTES = 32;
    private static final int BYTES = 4 * Long.BYTES + SECRET_BYTES + Integer.BYTES;
    private static final int LENGTH = PREFIX.length() + (BYTES * 8 + 5) / 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    static TokenText random(UUID tenantId, UUID tokenId) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new TokenText(tenantId, tokenId, secret);
    }

    /** Empty if the text was never a token; whether it is a valid one only the database knows. */
    static Optional<TokenText> parse(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(bytes);
        var tenantId = new UUID(buffer.getLong(), buffer.getLong());
        var tokenId = new UUID(buffer.getLong(), buffer.getLong());
        byte[] secret = new byte[SECRET_BYTES];
        buffer.get(secret);
        int checksum = buffer.getInt();
        var token = new TokenText(tenantId, tokenId, secret);
        // Base64 lets the last letter vary without changing the bytes; only the spelling that was handed out counts.
        return checksum == checksum(bytes) && token.text().equals(text) ? Optional.of(token) : Optional.empty();
    }

    /** The whole token, for its bearer only. */
    String text() {
        var buffer = ByteBuffer.allocate(BYTES)
                .putLong(tenantId.getMostSignificantBits())
                .putLong(tenantId.getLeastSignificantBits())
                .putLong(tokenId.getMostSignificantBits())
                .putLong(tokenId.getLeastSignificantBits())
                .put(secret);
        buffer.putInt(checksum(buffer.array()));
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes, 0, BYTES - Integer.BYTES);
        return (int) crc.getValue();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenText that
                && tenantId.equals(that.tenantId)
                && tokenId.equals(that.tokenId)
                && Arrays.equals(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return tokenId.hashCode();
    }

    /** Without the secret: this may end up in a log. */
    @Override
    public String toString() {
        return "token " + tokenId;
    }
}
