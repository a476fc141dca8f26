package dev.apg.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SpellingTests {
    @Property(seed = "1", tries = 2_000)
    void the_nearest_is_the_one_with_the_fewest_slips_of_all(
            @ForAll @StringLength(max = 20) @CharRange(from = 'a', to = 'c') String typed,
            @ForAll @Size(max = 8) List<@StringLength(max = 20) @CharRange(from = 'a', to = 'c') String> candidates) {
        int tolerance = Math.clamp(typed.length() / 4, 1, 3);
        Optional<String> expected = candidates.stream()
                .filter(candidate -> slips(typed, candidate) <= tolerance)
                .min((a, b) -> slips(typed, a) == slips(typed, b)
                        ? a.compareTo(b)
                        : Integer.compare(slips(typed, a), slips(typed, b)));

        assertThat(Spelling.nearest(typed, candidates)).isEqualTo(expected);
    }

    @Test
    void four_slips_are_another_word_however_long_it_is() {
        String typed = "a".repeat(200);
        assertThat(Spelling.nearest(typed, List.of("a".repeat(197) + "bbb"))).isPresent();
        assertThat(Spelling.nearest(typed, List.of("a".repeat(196) + "bbbb"))).isEmpty();
        assertThat(Spelling.nearest(typed, List.of("a".repeat(203)))).isPresent();
        assertThat(Spelling.nearest(typed, List.of("a".repeat(204)))).isEmpty();
    }

    /** By the definition, with the whole table. */
    private static int slips(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0
                        ? j
                        : j == 0
                                ? i
                                : Math.min(
                                        table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1),
                                        Math.min(table[i - 1][j], table[i][j - 1]) + 1);
            }
        }
        return table[a.length()][b.length()];
    }
}
