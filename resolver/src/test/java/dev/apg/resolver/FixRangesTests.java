package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixRangesTests {
    @ParameterizedTest
    @CsvSource({
        "^1.0.0, ^3.1.0",
        "~1.0.0, ~3.1.0",
        "1.0.0, 3.1.0",
        "=1.0.0-rc.1, 3.1.0",
        "v1.0.0+build.1, 3.1.0",
        "1.x, ^3.1.0",
        ">=1.0.0 <2.0.0, ^3.1.0",
        "1.0.0 - 2.0.0, ^3.1.0",
        "1.0.0 || 2.0.0, ^3.1.0",
    })
    void a_range_around_a_version_is_written_in_the_style_of_the_old_one(String old, String expected) {
        VersionRange around = FixRanges.around(SemVer.parse("3.1.0"), VersionRange.parse(old));
        assertThat(around).isEqualTo(VersionRange.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "^1.0.0, >=9007199254740991.0.0",
        "~1.0.0, >=9007199254740991.0.0",
        "1.0.0, 9007199254740991.0.0",
    })
    void around_the_greatest_version_that_there_may_be_nothing_is_counted_up(String old, String expected) {
        SemVer greatest = SemVer.parse("9007199254740991.0.0");
        assertThat(FixRanges.around(greatest, VersionRange.parse(old))).isEqualTo(VersionRange.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "^1.2.0, >=1.2.0; *",
        "1.x, >=1.0.0; *",
        "<2.0.0, *",
        "2.x || ^1.1.0, >=1.1.0; *",
        "^1.0.0-rc.1, ^1.0.0-rc.1 || >=1.0.0; *",
        ">9007199254740991.0.0, *",
    })
    void a_range_is_opened_to_newer_versions_first(String old, String expected) {
        assertThat(FixRanges.openings(VersionRange.parse(old)))
                .containsExactlyElementsOf(
                        Stream.of(expected.split("; ")).map(VersionRange::parse).toList());
    }
}
