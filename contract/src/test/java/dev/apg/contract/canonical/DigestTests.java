package dev.apg.contract.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTests {
    /** The example of FIPS 180-4. */
    private static final String OF_ABC = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void a_digest_is_the_sha_256_of_the_content() {
        assertThat(Digest.of("abc".getBytes(StandardCharsets.UTF_8))).hasToString(OF_ABC);
    }

    @Test
    void the_written_form_and_the_bytes_read_back() {
        Digest digest = Digest.parse(OF_ABC);
        assertThat(digest).hasToString(OF_ABC);
        assertThat(Digest.ofBytes(digest.bytes())).isEqualTo(digest).hasSameHashCodeAs(digest);
        assertThat(digest).isNotEqualTo(Digest.of(new byte[0]));
    }

    @Test
    void nobody_can_change_a_digest() {
        Digest digest = Digest.parse(OF_ABC);
        digest.bytes()[0] = 0;
        byte[] given = digest.bytes();
        Digest copy = Digest.ofBytes(given);
        given[0] = 0;
        assertThat(digest).hasToString(OF_ABC);
        assertThat(copy).hasToString(OF_ABC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256:",
                "sha256:ba78",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
                "sha256:ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "sha512:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0"
            })
    void text_of_another_form_is_refused(String text) {
        assertThatThrownBy(() -> Digest.parse(text))
                .hasMessage("digest: " + text + " (expected: sha256: and 64 lower-case hex digits)");
    }

    @Test
    void another_number_of_bytes_is_refused() {
        assertThatThrownBy(() -> Digest.ofBytes(new byte[31])).hasMessage("digest: 31 bytes (expected: 32)");
    }
}
