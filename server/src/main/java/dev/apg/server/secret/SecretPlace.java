package dev.apg.server.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Where a secret is kept. It is bound to what is encrypted, so that nobody who can write to the database can put one secret in
 * the place of another, of another tenant least of all.
 *
 * @param tenantId whose it is
 * @param row the row's id
 */
public record SecretPlace(UUID tenantId, SecretColumn column, UUID row) {
    byte[] bytes() {
        byte[] name = column.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 * Long.BYTES + name.length)
                .putLong(tenantId.getMostSignificantBits())
                .putLong(tenantId.getLeastSignificantBits())
                .putLong(row.getMostSignificantBits())
                .putLong(row.getLeastSignificantBits())
                .put(name)
                .array();
    }

    @Override
    public String toString() {
        return "%s of %s".formatted(column, row);
    }
}
