package dev.apg.resolver.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTests {
    @Test
    void a_range_keeps_the_text_that_was_written() {
        assertThat(VersionRange.parse(" ^1.2 ||2.x ").text()).isEqualTo(" ^1.2 ||2.x ");
        assertThat(VersionRange.any().text()).isEqualTo("*");
        assertThat(VersionRange.parse("^1")).isEqualTo(VersionRange.parse("^1")).isNotEqualTo(VersionRange.parse("1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.*.5",
                "x.1",
                "~1.2.3beta",
                ">",
                "<=",
                "^",
                "~",
                "latest",
                "1.2.3 -",
                "- 1.2.3",
                "1.2.3 - 2.0.0 3.0.0",
                ">1 - 2",
                "=1.2.3 - 2.0.0",
                "1.2.3-",
                "1.2.3+",
                "1.2.3.4",
                "01.2.3",
                ">=1.0.0<2.0.0",
                "1 | 2",
                "1 ||| 2",
                "^^1",
                "^>1",
                ">=>1",
                "v v1",
                "1,2",
                "1.2.3\u0000",
                "^9007199254740991.0.0",
                "9007199254740992",
                "[1.0,2.0)"
            })
    void refuses_what_is_not_a_range(String text) {
        assertThatThrownBy(() -> VersionRange.parse(text))
                .isInstanceOf(VersionSyntaxException.class)
                .hasMessageStartingWith("range: ")
                .hasMessageContaining("expected: ")
                .extracting(failure -> ((VersionSyntaxException) failure).value())
                .isEqualTo(text);
    }

    @Test
    void the_error_names_the_value_and_what_was_expected() {
        assertThatThrownBy(() -> VersionRange.parse("1.*.5"))
                .hasMessage("range: 1.*.5 (expected: no number after a wildcard)");
        assertThatThrownBy(() -> VersionRange.parse("latest"))
                .hasMessage("range: latest (expected: an npm range such as ^1.2.0, >=1.0 <2 or 1.x || 2.x)");
    }

    @Test
    void length_and_number_of_alternatives_are_bounded() {
        assertThat(VersionRange.parse(" ".repeat(1023) + "1").admits(SemVer.of(1, 0, 0), PrereleaseRule.NPM))
                .isTrue();
        assertThatThrownBy(() -> VersionRange.parse(" ".repeat(1024) + "1"))
                .hasMessageContaining("expected: at most 1024 characters");
        assertThat(VersionRange.parse(
                        String.join("||", Stream.generate(() -> "1").limit(128).toList())))
                .isNotNull();
        assertThatThrownBy(() -> VersionRange.parse("1" + "||1".repeat(128)))
                .hasMessageContaining("expected: at most 128 alternatives");
        assertThatThrownBy(() -> VersionRange.parse("1.2.3-" + "a".repeat(300)))
                .hasMessageContaining("expected: versions of at most 256 characters");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    ^1.2.0-rc.1;    1.2.0-rc.2;  true
                    ^1.2.0-rc.1;    1.2.0-beta;  false
                    ^1.2.0-rc.1;    1.3.0-rc.1;  false
                    ^1.2.0-rc.1;    1.3.0;       true
                    >=1.0.0;        1.1.0-a;     false
                    >=1.0.0-a <2;   1.0.0-b;     true
                    >=1.0.0-a <2;   2.0.0-b;     false
                    <=2.0.0-b;      2.0.0-a;     true
                    <=2.0.0-b;      1.9.9-a;     false
                    1 || 2.0.0-a;   2.0.0-a;     true
                    1 || 2.0.0-a;   2.0.0-b;     false
                    *;              1.0.0-a;     false
                    * || 2.0.0-a;   2.0.0-a;     false
                    """)
    void a_requirement_admits_a_prerelease_only_where_it_names_one_of_the_same_version(
            String range, String version, boolean admitted) {
        assertThat(VersionRange.parse(range).admits(SemVer.parse(version), PrereleaseRule.NPM))
                .isEqualTo(admitted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    *;              1.0.0-a;     true
                    ^1.2;           1.2.0-a;     true
                    ^1.2.0;         1.2.0-a;     false
                    ^1.2.0;         1.3.0-a;     true
                    <2;             2.0.0-a;     false
                    <2.0.0;         2.0.0-a;     true
                    1.0.0 - 2.0.0;  2.0.0;       true
                    1.0.0 - 2.0.0;  2.0.1-a;     false
                    """)
    void a_conflict_includes_prereleases(String range, String version, boolean admitted) {
        assertThat(VersionRange.parse(range).admits(SemVer.parse(version), PrereleaseRule.INCLUDE))
                .isEqualTo(admitted);
    }

    @Test
    void slices_leave_out_the_prereleases_that_are_not_named() {
        List<SemVer> versions = Stream.of("1.0.0", "1.1.0-a", "1.1.0", "1.2.0-a", "1.2.0", "2.0.0")
                .map(SemVer::parse)
                .toList();
        assertThat(VersionRange.parse("^1").slices(versions, PrereleaseRule.INCLUDE))
                .containsExactly(0, 5);
        assertThat(VersionRange.parse("^1").slices(versions, PrereleaseRule.NPM))
                .containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(VersionRange.parse("^1 || ^1.2.0-a").slices(versions, PrereleaseRule.NPM))
                .containsExactly(0, 1, 2, 5);
        assertThat(VersionRange.parse("3").slices(versions, PrereleaseRule.NPM)).isEmpty();
        assertThat(VersionRange.any().slices(List.of(), PrereleaseRule.NPM)).isEmpty();
    }

    @Test
    void merged_ranges_print_as_a_range() {
        VersionSet versions = VersionRange.parse("^1.2.0").versions();
        assertThat(versions.union(VersionRange.parse("^2").versions())).hasToString(">=1.2.0 <3.0.0-0");
        assertThat(versions.intersection(VersionRange.parse("<1.5.0").versions()))
                .hasToString(">=1.2.0 <1.5.0");
        assertThat(versions.intersection(VersionRange.parse("1.4.2").versions()))
                .hasToString("1.4.2");
        assertThat(versions.complement()).hasToString("<1.2.0 || >=2.0.0-0");
        assertThat(versions.intersection(versions.complement())).hasToString("<0.0.0-0");
    }
}
