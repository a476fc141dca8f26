package dev.apg.server.account;

import dev.apg.contract.canonical.Digest;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody holds to come in: a prefix, tenant, id and secret. It names its tenant, so that looking it up stays inside
 * row-level security.
 */
record SecretText(Kind kind, UUID tenantId, UUID id, byte[] secret) {
    private static final int SECRET_BYTES = 32;
    private static final int BYTES = 4 * Long.BYTES + SECRET_BYTES;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What it opens. */
    enum Kind {
        TOKEN("apg_"),
        PERSONAL("apgp_"),
        SESSION("apgu_"),
        LINK("apgl_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    static SecretText random(Kind kind, UUID tenantId, UUID id) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new SecretText(kind, tenantId, id, secret);
    }

    /** Empty if the text was never one of this kind; whether it is a valid one only the database knows. */
    static Optional<SecretText> parse(Kind kind, String text) {
        return CheckedText.read(kind.prefix, BYTES, text).map(bytes -> of(kind, bytes));
    }

    private static SecretText of(Kind kind, byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        var tenantId = new UUID(buffer.getLong(), buffer.getLong());
        var id = new UUID(buffer.getLong(), buffer.getLong());
        byte[] secret = new byte[SECRET_BYTES];
        buffer.get(secret);
        return new SecretText(kind, tenantId, id, secret);
    }

    /** The whole of it, for whoever it is for only. */
    String text() {
        return CheckedText.write(
                kind.prefix,
                ByteBuffer.allocate(BYTES)
                        .putLong(tenantId.getMostSignificantBits())
                        .putLong(tenantId.getLeastSignificantBits())
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .put(secret)
                        .array());
    }

    /** All that is kept of the secret. A fast hash will do: 32 random bytes cannot be guessed. */
    byte[] hash() {
        return Digest.of(secret).bytes();
    }

    /** The same place with another secret. */
    SecretText renewed() {
        return random(kind, tenantId, id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretText that
                && kind == that.kind
                && tenantId.equals(that.tenantId)
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
        return kind + " " + id;
    }
}
