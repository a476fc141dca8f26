package dev.apg.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTests {
    @Test
    void a_character_of_two_halves_is_kept_or_cut_as_a_whole() {
        for (int before = 76; before <= 80; before++) {
            String table =
                    new Table("NAME").row("x".repeat(before) + "😀".repeat(5)).toString();

            String cell = table.lines().skip(1).findFirst().orElseThrow();
            assertThat(cell).hasSizeLessThanOrEqualTo(80).endsWith("…");
            for (int i = 0; i < cell.length(); i++) {
                if (Character.isHighSurrogate(cell.charAt(i))) {
                    assertThat(Character.isLowSurrogate(cell.charAt(i + 1))).isTrue();
                }
            }
        }
    }
}
