package dev.apg.server.secret;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Encrypts what the database keeps and the server must read again. Each secret has a data key of its own (AES-256-GCM), which
 * is encrypted under a key of {@code ENCRYPTION_KEY} and stands before it; so a new key means to encrypt 32 bytes anew, whatever
 * they guard. Both are bound to the place where the secret is kept.
 */
@Component
public class Secrets {
    /** Of the form below; another one would get the next number. */
    private static final byte FORM = 1;

    private static final int DATA_KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    /** Form, id of the key, and the encrypted data key with its nonce. */
    private static final int HEAD_BYTES = 1 + EncryptionKey.ID_BYTES + NONCE_BYTES + DATA_KEY_BYTES + TAG_BYTES;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final EncryptionKeys keys;

    Secrets(EncryptionKeys keys) {
        this.keys = keys;
    }

    /** Encrypts a secret for the place where it will be kept. */
    public byte[] seal(SecretPlace place, byte[] secret) {
        byte[] dataKey = random(DATA_KEY_BYTES);
        byte[] body = encrypt(new SecretKeySpec(dataKey, "AES"), place.bytes(), secret);
        return withHead(place, dataKey, body);
    }

    /**
     * Reads what {@link #seal} gave.
     *
     * @throws SecretUnreadableException if its key is not among those of {@code ENCRYPTION_KEY}, or it was changed or moved
     */
    public byte[] open(SecretPlace place, byte[] sealed) {
        return decrypt(place, new SecretKeySpec(dataKey(place, sealed), "AES"), body(sealed));
    }

    /** Under the newest key, if that is not so yet. */
    public Optional<byte[]> renewed(SecretPlace place, byte[] sealed) {
        return keyId(place, sealed).equals(keys.newest().id())
                ? Optional.empty()
                : Optional.of(withHead(place, dataKey(place, sealed), body(sealed)));
    }

    private byte[] withHead(SecretPlace place, byte[] dataKey, byte[] body) {
        EncryptionKey key = keys.newest();
        byte[] id = HexFormat.of().parseHex(key.id());
        return ByteBuffer.allocate(HEAD_BYTES + body.length)
                .put(FORM)
                .put(id)
                .put(encrypt(key.key(), place.bytes(), dataKey))
                .put(body)
                .array();
    }

    private byte[] dataKey(SecretPlace place, byte[] sealed) {
        String id = keyId(place, sealed);
        EncryptionKey key = keys.find(id)
                .orElseThrow(() -> new SecretUnreadableException(
                        "%s was encrypted with the key %s, which ENCRYPTION_KEY does not hold (expected: its value behind the newer ones, separated by commas)"
                                .formatted(place, id)));
        return decrypt(place, key.key(), Arrays.copyOfRange(sealed, 1 + EncryptionKey.ID_BYTES, HEAD_BYTES));
    }

    private static String keyId(SecretPlace place, byte[] sealed) {
        if (sealed.length < HEAD_BYTES + NONCE_BYTES + TAG_BYTES || sealed[0] != FORM) {
            throw new SecretUnreadableException("%s is not an encrypted secret".formatted(place));
        }
        return HexFormat.of().formatHex(sealed, 1, 1 + EncryptionKey.ID_BYTES);
    }

    private static byte[] body(byte[] sealed) {
        return Arrays.copyOfRange(sealed, HEAD_BYTES, sealed.length);
    }

    /** The nonce, then what the cipher gives; a nonce is never used twice with a key, as it is drawn anew each time. */
    private static byte[] encrypt(SecretKey key, byte[] bound, byte[] plain) {
        byte[] nonce = random(NONCE_BYTES);
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
            cipher.updateAAD(bound);
            byte[] encrypted = cipher.doFinal(plain);
            return ByteBuffer.allocate(nonce.length + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has this", e);
        }
    }

    private static byte[] decrypt(SecretPlace place, SecretKey key, byte[] encrypted) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, encrypted, 0, NONCE_BYTES));
            cipher.updateAAD(place.bytes());
            return cipher.doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new SecretUnreadableException(
                    "%s is not what was put there: it was changed, or belongs to another place".formatted(place));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has this", e);
        }
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }
}
