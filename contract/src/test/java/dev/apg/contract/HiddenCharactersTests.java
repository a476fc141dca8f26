package dev.apg.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenCharactersTests {
    private static final String FLAG_OF_WALES =
            "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc77\udb40\udc6c\udb40\udc73\udb40\udc7f";

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x0000, 0x0007, 0x001B, 0x007F, 0x0085, 0x00AD, 0x034F, 0x061C, 0x115F, 0x180E, 0x200B, 0x200E, 0x200F,
                0x202A, 0x202E, 0x2060, 0x2065, 0x2066, 0x2069, 0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9, 0xE0001,
                        0xE0041,
                0xE0FFF
            })
    void controls_directions_and_what_takes_no_room_are_found_in_texts_of_any_kind(int hidden) {
        String text = "pay" + Character.toString(hidden) + "roll";

        assertThat(HiddenCharacters.firstIn(text, false)).hasValue(hidden);
        assertThat(HiddenCharacters.firstIn(text, true)).hasValue(hidden);
    }

    @Test
    void texts_of_several_lines_may_have_line_ends_and_tabs_but_no_lone_carriage_return() {
        for (String text : List.of("a\nb", "a\r\nb", "a\tb", "a\u2028b", "a\u2029b")) {
            assertThat(HiddenCharacters.firstIn(text, true)).isEmpty();
            assertThat(HiddenCharacters.firstIn(text, false)).isPresent();
        }
        assertThat(HiddenCharacters.firstIn("a\rb", true)).hasValue('\r');
        assertThat(HiddenCharacters.firstIn("a\r", true)).hasValue('\r');
    }

    @Test
    void what_real_writing_needs_stays() {
        for (String text : List.of(
                "gr\u00fc\u00df dich \u2013 \u6f22\u5b57, \u0639\u0631\u0628\u064a, \u05e2\u05d1\u05e8\u05d9\u05ea",
                "e\u0301",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
                "\u0915\u094d\u200d\u0937",
                "\u0d05\u0d35\u0d28\u0d4d\u200d \u0d35\u0d28\u0d4d\u0d28\u0d41",
                "\ud83d\udc69\u200d\ud83d\udcbb",
                "\ud83d\udc69\ud83c\udffd\u200d\ud83d\udcbb",
                "\u2764\ufe0f\u200d\ud83d\udd25",
                "1\ufe0f\u20e3",
                "\u845b\udb40\udd00",
                FLAG_OF_WALES)) {
            assertThat(HiddenCharacters.firstIn(text, false)).as(text).isEmpty();
        }
    }

    @Test
    void joiners_selectors_and_tags_are_found_where_they_do_nothing() {
        for (String text : List.of(
                "ad\u200dmin",
                "ad\u200cmin",
                "\u200dadmin",
                "admin \u200d",
                "\u0430\u200d\u0434",
                "\u0645\u200d\u200d\u0645",
                "e\u0301\u200dx",
                "a\ufe0f",
                "1\ufe0f",
                "\ufe0fa",
                "\u2764\ufe0f\ufe0f",
                "\u0645\u200c",
                "\u0645\u200d b",
                "\ud83d\udc69\u200d",
                "\ud83d\udc69\u200dx",
                FLAG_OF_WALES.substring(0, FLAG_OF_WALES.length() - 2),
                FLAG_OF_WALES + "\udb40\udc61",
                "\ud83c\udff4" + "\udb40\udc61".repeat(7) + "\udb40\udc7f",
                "\ud83c\udff4\udb40\udc7f",
                "a\udb40\udc61",
                "\udb40\udc61")) {
            assertThat(HiddenCharacters.firstIn(text, false)).as(text).isPresent();
            assertThat(HiddenCharacters.firstIn(text, true)).as(text).isPresent();
        }
    }

    @Test
    void blanks_of_all_kinds_are_nothing_to_be_seen() {
        assertThat(HiddenCharacters.isBlank(" \u00a0\u2003\u2800\u3000")).isTrue();
        assertThat(HiddenCharacters.isBlank(" . ")).isFalse();
    }

    @Test
    void a_character_is_named_as_people_look_it_up() {
        assertThat(HiddenCharacters.name(0xAD)).isEqualTo("U+00AD");
        assertThat(HiddenCharacters.name(0xE0001)).isEqualTo("U+E0001");
    }

    /** The OpenAPI document has the patterns; what depends on its neighbours, a pattern cannot tell. */
    @Test
    void the_patterns_say_the_same_of_each_character_that_they_can_name() {
        Pattern line = Pattern.compile(HiddenCharacters.LINE_PATTERN);
        Pattern lines = Pattern.compile(HiddenCharacters.LINES_PATTERN);
        for (int c = 0; c <= 0xFFFF; c++) {
            boolean byNeighbours =
                    c == 0x200C || c == 0x200D || c == '\r' || Character.getType(c) == Character.SURROGATE;
            if (!byNeighbours) {
                String text = "\u2764" + (char) c;
                assertThat(line.matcher(text).matches())
                        .as(HiddenCharacters.name(c))
                        .isEqualTo(HiddenCharacters.firstIn(text, false).isEmpty());
                assertThat(lines.matcher(text).matches())
                        .as(HiddenCharacters.name(c))
                        .isEqualTo(HiddenCharacters.firstIn(text, true).isEmpty());
            }
        }
    }
}
