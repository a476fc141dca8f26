package dev.apg.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apg.server.platform.config.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTests {
    private static final String OLD = "0f3a9c6d1e8b47527f60c1d2e3a4b5968778695a4b3c2d1e";
    private static final String NEW = "7b1e9d3c5a2f48606e4d2c1b0a998877665544332211ffee";
    private static final byte[] SECRET = "a signing key".getBytes(StandardCharsets.UTF_8);
    private static final SecretPlace PLACE = new SecretPlace(new UUID(1, 2), SecretColumn.SIGNING_KEY, new UUID(3, 4));

    private static Secrets with(String keys) {
        return new Secrets(new EncryptionKeys(Settings.read(Map.of("ENCRYPTION_KEY", keys))));
    }

    @Test
    void a_secret_is_read_where_it_was_put_and_is_never_encrypted_the_same_twice() {
        byte[] sealed = with(NEW).seal(PLACE, SECRET);

        assertThat(with(NEW).open(PLACE, sealed)).isEqualTo(SECRET);
        assertThat(with(NEW).seal(PLACE, SECRET)).isNotEqualTo(sealed);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("signing key");
    }

    @Test
    void a_secret_that_is_moved_to_another_tenant_column_or_row_cannot_be_read() {
        byte[] sealed = with(NEW).seal(PLACE, SECRET);
        for (SecretPlace other : new SecretPlace[] {
            new SecretPlace(new UUID(1, 3), PLACE.column(), PLACE.row()),
            new SecretPlace(PLACE.tenantId(), SecretColumn.MAIL, PLACE.row()),
            new SecretPlace(PLACE.tenantId(), PLACE.column(), new UUID(3, 5))
        }) {
            assertThatExceptionOfType(SecretUnreadableException.class)
                    .isThrownBy(() -> with(NEW).open(other, sealed))
                    .withMessageContaining("it was changed, or belongs to another place");
        }
    }

    @Test
    void a_secret_with_any_byte_changed_or_cut_off_cannot_be_read() {
        byte[] sealed = with(NEW).seal(PLACE, SECRET);
        Secrets secrets = with(NEW);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            byte[] cut = java.util.Arrays.copyOf(sealed, i);
            assertThatExceptionOfType(SecretUnreadableException.class).isThrownBy(() -> secrets.open(PLACE, changed));
            assertThatExceptionOfType(SecretUnreadableException.class).isThrownBy(() -> secrets.open(PLACE, cut));
        }
    }

    @Test
    void a_new_key_takes_over_what_the_old_one_encrypted_and_then_the_old_one_can_go() {
        byte[] old = with(OLD).seal(PLACE, SECRET);
        Secrets both = with(NEW + "," + OLD);

        assertThat(both.open(PLACE, old)).isEqualTo(SECRET);
        Optional<byte[]> renewed = both.renewed(PLACE, old);
        assertThat(renewed).isPresent();
        assertThat(both.renewed(PLACE, renewed.get())).isEmpty();
        assertThat(with(NEW).open(PLACE, renewed.get())).isEqualTo(SECRET);
        assertThatExceptionOfType(SecretUnreadableException.class)
                .isThrownBy(() -> with(NEW).open(PLACE, old))
                .withMessageMatching("signing_key.private_key of 0+-.* was encrypted with the key [0-9a-f]{16}, which"
                        + " ENCRYPTION_KEY does not hold .*")
                .withMessageNotContaining(OLD);
    }

    @Test
    void development_makes_a_key_when_it_is_first_needed_that_only_its_owner_reads(@TempDir Path directory)
            throws Exception {
        var environment = new HashMap<>(Map.of("APG_DATA_DIR", directory.toString()));
        Settings settings = Settings.read(environment);
        var secrets = new Secrets(new EncryptionKeys(settings));
        Path file = directory.resolve("encryption.key");
        assertThat(file).doesNotExist();

        byte[] sealed = secrets.seal(PLACE, SECRET);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new Secrets(new EncryptionKeys(settings)).open(PLACE, sealed))
                .isEqualTo(SECRET);
    }
}
