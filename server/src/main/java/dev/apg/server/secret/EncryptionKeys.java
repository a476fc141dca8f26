package dev.apg.server.secret;

import dev.apg.server.platform.OwnerFile;
import dev.apg.server.platform.config.Secret;
import dev.apg.server.platform.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The keys of {@code ENCRYPTION_KEY}, the newest first. In development, without it, one is made when it is first needed, and
 * kept in {@code $APG_DATA_DIR/encryption.key}.
 */
@Component
class EncryptionKeys {
    private static final String FILE = "encryption.key";

    private final Settings settings;
    private volatile @Nullable List<EncryptionKey> keys;

    EncryptionKeys(Settings settings) {
        this.settings = settings;
    }

    /** With which everything is encrypted from now on. */
    EncryptionKey newest() {
        return all().getFirst();
    }

    Optional<EncryptionKey> find(String id) {
        return all().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    List<String> ids() {
        return all().stream().map(EncryptionKey::id).toList();
    }

    private List<EncryptionKey> all() {
        List<EncryptionKey> known = keys;
        return known == null ? read() : known;
    }

    private synchronized List<EncryptionKey> read() {
        List<EncryptionKey> known = keys;
        if (known == null) {
            known = settings.encryptionKeys().isEmpty()
                    ? List.of(EncryptionKey.of(ofDevelopment()))
                    : settings.encryptionKeys().stream()
                            .map(Secret::value)
                            .map(EncryptionKey::of)
                            .toList();
            keys = known;
        }
        return known;
    }

    private String ofDevelopment() {
        Path file = settings.dataDirectory().resolve(FILE);
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[32];
                new SecureRandom().nextBytes(random);
                OwnerFile.write(file, HexFormat.of().formatHex(random) + "\n");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be used".formatted(file), e);
        }
    }
}
