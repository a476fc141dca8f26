package dev.apg.server.account;

import dev.apg.contract.canonical.Digest;
import dev.apg.server.platform.config.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Knows the key of whoever runs the installation, by its hash. */
@Component
public class PlatformKey {
    private volatile Optional<byte[]> hash;

    PlatformKey(Settings settings) {
        this.hash = settings.platformKey().map(key -> hash(key.value()));
    }

    public boolean isGiven() {
        return hash.isPresent();
    }

    /** In development, where one is made if none is given. */
    public void use(String key) {
        hash = Optional.of(hash(key));
    }

    /** Takes as long for any text of a length, so that the time tells nothing of the key. */
    boolean is(String text) {
        return hash.filter(known -> MessageDigest.isEqual(known, hash(text))).isPresent();
    }

    private static byte[] hash(String key) {
        return Digest.of(key.getBytes(StandardCharsets.UTF_8)).bytes();
    }
}
