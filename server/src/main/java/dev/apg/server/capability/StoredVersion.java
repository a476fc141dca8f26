package dev.apg.server.capability;

import dev.apg.contract.WireJson;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.capability.VersionState;
import java.util.Optional;
import java.util.UUID;

/**
 * A version with its document.
 *
 * @param digest {@code sha256:} and hex
 * @param canonical the bytes that the digest is taken of; empty when purged
 */
public record StoredVersion(UUID id, VersionKey key, VersionState state, String digest, Optional<byte[]> canonical) {

    /** Reads the document; empty when purged. Linear in its size, so keep the result. */
    public Optional<VersionDocument> document() {
        return canonical.map(bytes -> WireJson.MAPPER.readValue(bytes, VersionDocument.class));
    }
}
