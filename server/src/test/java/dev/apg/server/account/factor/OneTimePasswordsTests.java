package dev.apg.server.account.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneTimePasswordsTests {
    /** That of RFC 6238, appendix B. */
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codes_are_those_of_the_standard(long second, String code) {
        assertThat(OneTimePasswords.code(SECRET, Instant.ofEpochSecond(second))).isEqualTo(code);
    }

    @Test
    void a_code_is_good_one_step_early_and_one_step_late_and_never_twice() {
        Instant now = Instant.ofEpochSecond(1_000_000_000);
        String code = OneTimePasswords.code(SECRET, now);
        long step = OneTimePasswords.step(SECRET, code, now, 0).orElseThrow();
        for (int seconds : new int[] {-30, 30}) {
            assertThat(OneTimePasswords.step(SECRET, code, now.plusSeconds(seconds), 0))
                    .hasValue(step);
        }
        for (int seconds : new int[] {-60, 60}) {
            assertThat(OneTimePasswords.step(SECRET, code, now.plusSeconds(seconds), 0))
                    .isEmpty();
        }
        assertThat(OneTimePasswords.step(SECRET, code, now, step)).isEmpty();
        assertThat(OneTimePasswords.step(SECRET, "000000", now, 0)).isEmpty();
    }

    @Test
    void secrets_are_written_as_the_standard_does() {
        assertThat(Base32.write("foobar".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTBOI");
        assertThat(Base32.write(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }
}
