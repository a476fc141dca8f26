package dev.apg.server.account;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * What a client calls itself: {@code apgc_}, tenant and id. No secret; it names its tenant, so that looking it up stays inside
 * row-level security.
 */
record ClientId(UUID tenantId, UUID id) {
    private static final String PREFIX = "apgc_";
    private static final int BYTES = 4 * Long.BYTES;

    static Optional<ClientId> parse(String text) {
        return CheckedText.read(PREFIX, BYTES, text)
                .map(ByteBuffer::wrap)
                .map(buffer -> new ClientId(
                        new UUID(buffer.getLong(), buffer.getLong()), new UUID(buffer.getLong(), buffer.getLong())));
    }

    String text() {
        return CheckedText.write(
                PREFIX,
                ByteBuffer.allocate(BYTES)
                        .putLong(tenantId.getMostSignificantBits())
                        .putLong(tenantId.getLeastSignificantBits())
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
    }

    CredentialKey key() {
        return new CredentialKey(CredentialKey.Kind.CLIENT, tenantId, id);
    }
}
