package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
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
        assertThat(FixRanges.start(around)).contains(SemVer.parse("3.1.0"));
    }

    @ParameterizedTest
    @CsvSource({"1.0.0 - 2.0.0", "1.0.0 || 2.0.0", ">=1.0.0", "1.x"})
    void a_range_of_another_style_starts_nowhere(String range) {
        assertThat(FixRanges.start(VersionRange.parse(range))).isEmpty();
    }
}
