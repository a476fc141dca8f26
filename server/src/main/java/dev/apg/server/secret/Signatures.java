package dev.apg.server.secret;

import dev.apg.server.platform.OwnerFile;
import dev.apg.server.platform.config.Secret;
import dev.apg.server.platform.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Signs with {@code SECRET_KEY} what the server hands out and wants back unchanged. In development, without it, a key is made
 * when it is first needed, and kept in {@code $APG_DATA_DIR/secret.key}.
 */
@Component
public class Signatures {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String FILE = "secret.key";

    private final Settings settings;
    private volatile @Nullable SecretKeySpec key;

    Signatures(Settings settings) {
        this.settings = settings;
    }

    /**
     * The same for the same purpose and text, and nobody else can make it.
     *
     * @param purpose tells what is signed for one end from what is signed for another
     */
    public String sign(String purpose, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key());
            byte[] signed = mac.doFinal((purpose + "\n" + text).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has this", e);
        }
    }

    public boolean verify(String purpose, String text, String signature) {
        return MessageDigest.isEqual(
                sign(purpose, text).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    private SecretKeySpec key() {
        SecretKeySpec known = key;
        return known == null ? read() : known;
    }

    private synchronized SecretKeySpec read() {
        SecretKeySpec known = key;
        if (known == null) {
            String text = settings.secretKey().map(Secret::value).orElseGet(this::ofDevelopment);
            known = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM);
            key = known;
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
