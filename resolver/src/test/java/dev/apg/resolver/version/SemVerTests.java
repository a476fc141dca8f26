package dev.apg.resolver.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemVerTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0",
                "1.2.3",
                "10.20.30",
                "1.1.2-prerelease",
                "1.0.0-alpha.1",
                "1.0.0-alpha0.valid",
                "1.0.0-alpha.0valid",
                "1.0.0-0A.is.legal",
                "1.0.0--",
                "1.2.3----RC-SNAPSHOT.12.9.1--.12",
                "2097151.2097151.2097151",
                "2097152.0.0",
                "9007199254740991.9007199254740991.9007199254740991-9007199254740992"
            })
    void prints_what_was_read(String text) {
        assertThat(SemVer.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2",
                "1.2.3.4",
                "01.2.3",
                "1.02.3",
                "1.2.03",
                "1.2.3-",
                "1.2.3-01",
                "1.2.3-a..b",
                "1.2.3-a.",
                "1.2.3+",
                "1.2.3+a+b",
                "1.2.3-ä",
                "v1.2.3",
                " 1.2.3",
                "1.2.3 ",
                "1.2.3\n",
                "1.2.3\0",
                "-1.2.3",
                "+1.2.3",
                "1.2.x",
                "١.٢.٣",
                "9007199254740992.0.0",
                "99999999999999999999999999.0.0"
            })
    void refuses_what_is_not_a_version(String text) {
        assertThatThrownBy(() -> SemVer.parse(text))
                .isInstanceOf(VersionSyntaxException.class)
                .hasMessageContaining("expected: ")
                .extracting(failure -> ((VersionSyntaxException) failure).value())
                .isEqualTo(text);
    }

    @Test
    void the_error_names_the_value_and_what_was_expected() {
        assertThatThrownBy(() -> SemVer.parse("1.2"))
                .hasMessage("version: 1.2 (expected: a SemVer 2.0 version such as 1.2.3 or 1.2.3-rc.1)");
        assertThatThrownBy(() -> SemVer.parse("1.02.3"))
                .hasMessage("version: 1.02.3 (expected: numbers without leading zeros)");
    }

    @Test
    void a_very_long_value_is_cut_in_the_message_and_kept_in_the_exception() {
        String text = "1.2.3-" + "a".repeat(300);
        assertThatThrownBy(() -> SemVer.parse(text))
                .isInstanceOfSatisfying(
                        VersionSyntaxException.class,
                        failure -> assertThat(failure.value()).isEqualTo(text))
                .hasMessageContaining("at most 256 characters")
                .message()
                .hasSizeLessThan(250);
    }

    @Test
    void accepts_256_characters() {
        String text = "1.2.3-" + "a".repeat(250);
        assertThat(SemVer.parse(text)).hasToString(text);
    }

    @Test
    void relaxed_reading_ignores_blanks_and_one_v() {
        assertThat(SemVer.parseRelaxed(" v1.2.3-rc.1 ")).isEqualTo(SemVer.parse("1.2.3-rc.1"));
        assertThatThrownBy(() -> SemVer.parseRelaxed("vv1.2.3")).isInstanceOf(VersionSyntaxException.class);
        assertThatThrownBy(() -> SemVer.parseRelaxed("1.2")).isInstanceOf(VersionSyntaxException.class);
    }

    @Test
    void build_metadata_is_shown_and_is_not_identity() {
        SemVer one = SemVer.parse("1.2.3-rc.1+linux.5");
        SemVer other = SemVer.parse("1.2.3-rc.1+007");
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isEqualByComparingTo(other);
        assertThat(one).hasToString("1.2.3-rc.1");
        assertThat(one.build()).isEqualTo("linux.5");
        assertThat(one.toDisplayString()).isEqualTo("1.2.3-rc.1+linux.5");
        assertThat(SemVer.parse("1.2.3+a")).isEqualTo(SemVer.of(1, 2, 3));
    }

    @Test
    void a_version_tells_its_parts() {
        SemVer version = SemVer.parse("1.22.333-rc.1");
        assertThat(version.major()).isEqualTo(1);
        assertThat(version.minor()).isEqualTo(22);
        assertThat(version.patch()).isEqualTo(333);
        assertThat(version.prerelease()).isEqualTo("rc.1");
        assertThat(version.isPrerelease()).isTrue();
        assertThat(SemVer.parse("1.2.3").isPrerelease()).isFalse();
        assertThat(SemVer.parse("1.2.3+b").isPrerelease()).isFalse();
    }

    @Test
    void numbers_outside_the_limits_cannot_be_made() {
        assertThatThrownBy(() -> SemVer.of(0, -1, 0)).hasMessageContaining("-1 (expected: 0 to 9007199254740991)");
        assertThatThrownBy(() -> SemVer.of(0, 0, SemVer.MAX_NUMBER + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void versions_sort_by_the_precedence_of_the_specification() {
        List<SemVer> ascending = List.of(
                        "0.0.0-0",
                        "0.0.0",
                        "1.0.0-1",
                        "1.0.0-2",
                        "1.0.0-10",
                        "1.0.0-18446744073709551616",
                        "1.0.0-18446744073709551617",
                        "1.0.0-Alpha",
                        "1.0.0-alpha",
                        "1.0.0-alpha.1",
                        "1.0.0-alpha.beta",
                        "1.0.0-alpha-",
                        "1.0.0-beta",
                        "1.0.0-beta.2",
                        "1.0.0-beta.11",
                        "1.0.0-rc.1",
                        "1.0.0",
                        "1.0.1-0",
                        "1.0.1",
                        "1.2.0",
                        "1.10.0",
                        "2.0.0",
                        "2097151.9.9",
                        "2097152.0.0-a",
                        "2097152.0.0",
                        "9007199254740991.0.0")
                .stream()
                .map(SemVer::parse)
                .toList();
        List<SemVer> shuffled = new ArrayList<>(ascending);
        Collections.shuffle(shuffled, new Random(7));
        Collections.sort(shuffled);
        assertThat(shuffled).isEqualTo(ascending);
    }
}
