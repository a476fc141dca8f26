package dev.apg.server.account;

import dev.apg.contract.canonical.Digest;
import java.security.SecureRandom;
import java.util.Optional;

/** What proves that a client is the one that it says: {@code apgs_} and 32 random bytes. */
final class ClientSecret {
    private static final String PREFIX = "apgs_";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;

    private ClientSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    static ClientSecret random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new ClientSecret(bytes);
    }

    static Optional<ClientSecret> parse(String text) {
        return CheckedText.read(PREFIX, BYTES, text).map(ClientSecret::new);
    }

    /** For the client only. */
    String text() {
        return CheckedText.write(PREFIX, bytes);
    }

    /** All that is kept. A fast hash will do: 32 random bytes cannot be guessed. */
    byte[] hash() {
        return Digest.of(bytes).bytes();
    }
}
