package dev.apg.server.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * A key that encrypts data keys.
 *
 * @param id tells it from others, and nothing else about it
 */
record EncryptionKey(String id, SecretKey key) {
    static final int ID_BYTES = 8;

    /** Made of one of the values of {@code ENCRYPTION_KEY}, always the same of the same. */
    static EncryptionKey of(String value) {
        return new EncryptionKey(
                HexFormat.of().formatHex(derive(value, "id", ID_BYTES).getEncoded()), derive(value, "key", 32));
    }

    private static SecretKey derive(String value, String purpose, int bytes) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(value.getBytes(StandardCharsets.UTF_8))
                                    .thenExpand(("apg encryption " + purpose).getBytes(StandardCharsets.UTF_8), bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has this", e);
        }
    }

    /** Without the key: this may end up in a log. */
    @Override
    public String toString() {
        return "encryption key " + id;
    }
}
