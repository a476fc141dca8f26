package dev.apg.server.account.pipeline;

import dev.apg.server.account.CheckedText;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * What a job calls its pipeline: {@code apgj_}, tenant and id. No secret; it names its tenant, so that looking it up stays inside
 * row-level security.
 */
public record PipelineId(UUID tenantId, UUID id) {
    private static final String PREFIX = "apgj_";
    private static final int BYTES = 4 * Long.BYTES;

    public static Optional<PipelineId> parse(String text) {
        return CheckedText.read(PREFIX, BYTES, text)
                .map(ByteBuffer::wrap)
                .map(buffer -> new PipelineId(
                        new UUID(buffer.getLong(), buffer.getLong()), new UUID(buffer.getLong(), buffer.getLong())));
    }

    public String text() {
        return CheckedText.write(
                PREFIX,
                ByteBuffer.allocate(BYTES)
                        .putLong(tenantId.getMostSignificantBits())
                        .putLong(tenantId.getLeastSignificantBits())
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
    }
}
