package dev.apg.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTests {
    @Test
    void without_arguments_everything_is_measured_at_full_scale() {
        assertThat(parse()).isEqualTo(new Arguments(false, List.of(), Scale.FULL));
    }

    @Test
    void options_change_the_scale_and_words_choose_measurements() {
        Arguments given = parse("--quick", "resolve", "--capabilities", "1000,2000", "--rounds", "5", "--roots", "7");
        assertThat(given.names()).containsExactly("resolve");
        assertThat(given.scale()).isEqualTo(new Scale(List.of(1000, 2000), 10, List.of(7), 42, 5, 1));
    }

    @Test
    void a_catalogue_is_generated_in_the_size_asked_for() {
        Arguments given = parse("generate", "--capabilities", "500", "--versions", "3", "--seed", "9");
        assertThat(given.generate()).isTrue();
        assertThat(given.scale().capabilities()).containsExactly(500);
        assertThat(given.scale().versions()).isEqualTo(3);
        assertThat(given.scale().seed()).isEqualTo(9);
    }

    @Test
    void what_is_not_understood_is_refused_with_what_was_expected() {
        assertThatThrownBy(() -> parse("serach")).hasMessage("measurement: serach (expected: resolve, universe)");
        assertThatThrownBy(() -> parse("--rounds")).hasMessage("--rounds: no value (expected: a number)");
        assertThatThrownBy(() -> parse("--rounds", "0")).hasMessage("--rounds: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> parse("--roots", "1,x")).hasMessage("--roots: 1,x (expected: numbers)");
        assertThatThrownBy(() -> parse("--speed", "1")).hasMessageStartingWith("option: --speed (expected: ");
    }

    private static Arguments parse(String... arguments) {
        return Arguments.parse(List.of(arguments), List.of("resolve", "universe"));
    }
}
