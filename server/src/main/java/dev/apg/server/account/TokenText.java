package dev.apg.server.account;

import dev.apg.contract.canonical.Digest;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * What the bearer holds: {@code apg_}, tenant, token id and secret. It names its tenant, so that looking it up stays inside
 * row-level security.
 */
record TokenText(UUID tenantId, UUID tokenId, byte[] secret) {
    private static final String PREFIX = "apg_";
    private static final int SECRET_BYTES = 32;
    private static final int BYTES = 4 * Long.BYTES + SECRET_BYTES;
    private static final SecureRandom RANDOM = new SecureRandom();

    static TokenText random(UUID tenantId, UUID tokenId) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new TokenText(tenantId, tokenId, secret);
    }

    /** Empty if the text was never a token; whether it is a valid one only the database knows. */
    static Optional<TokenText> parse(String text) {
        return CheckedText.read(PREFIX, BYTES, text).map(TokenText::of);
    }

    private static TokenText of(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        var tenantId = new UUID(buffer.getLong(), buffer.getLong());
        var tokenId = new UUID(buffer.getLong(), buffer.getLong());
        byte[] secret = new byte[SECRET_BYTES];
        buffer.get(secret);
        return new TokenText(tenantId, tokenId, secret);
    }

    /** The whole token, for its bearer only. */
    String text() {
        return CheckedText.write(
                PREFIX,
                ByteBuffer.allocate(BYTES)
                        .putLong(tenantId.getMostSignificantBits())
                        .putLong(tenantId.getLeastSignificantBits())
                        .putLong(tokenId.getMostSignificantBits())
                        .putLong(tokenId.getLeastSignificantBits())
                        .put(secret)
                        .array());
    }

    /** All that is kept of the secret. A fast hash will do: 32 random bytes cannot be guessed. */
    byte[] hash() {
        return Digest.of(secret).bytes();
    }

    CredentialKey key() {
        return new CredentialKey(CredentialKey.Kind.TOKEN, tenantId, tokenId);
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
