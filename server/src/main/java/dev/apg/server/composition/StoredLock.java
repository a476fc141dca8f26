package dev.apg.server.composition;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.LockDocument;

/**
 * A revision's lock as it is stored.
 *
 * @param digest {@code sha256:} and hex
 */
record StoredLock(byte[] bytes, String digest) {
    LockDocument document() {
        return WireJson.MAPPER.readValue(bytes, LockDocument.class);
    }
}
