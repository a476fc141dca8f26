package dev.apg.resolver.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VersionRangePropertyTests {
    @Property(seed = "1", tries = 5000)
    void a_compiled_range_admits_what_a_comparison_by_hand_admits(
            @ForAll("ranges") NaiveRange naive, @ForAll("versions") SemVer version, @ForAll PrereleaseRule rule) {
        VersionRange range = VersionRange.parse(naive.text());
        assertThat(range.admits(version, rule))
                .as("%s admits %s under %s", naive.text(), version, rule)
                .isEqualTo(naive.admits(version, rule));
    }

    @Property(seed = "1")
    void slices_are_the_admitted_versions_of_a_sorted_list(
            @ForAll("ranges") NaiveRange naive,
            @ForAll("ascending") List<SemVer> versions,
            @ForAll PrereleaseRule rule) {
        int[] slices = VersionRange.parse(naive.text()).slices(versions, rule);
        List<SemVer> sliced = new ArrayList<>();
        int previousEnd = -1;
        for (int i = 0; i < slices.length; i += 2) {
            assertThat(slices[i]).isGreaterThan(previousEnd).isLessThan(slices[i + 1]);
            previousEnd = slices[i + 1];
            sliced.addAll(versions.subList(slices[i], slices[i + 1]));
        }
        assertThat(sliced)
                .isEqualTo(versions.stream()
                        .filter(version -> naive.admits(version, rule))
                        .toList());
    }

    @Property(seed = "1")
    void the_printed_set_of_versions_is_a_range_with_the_same_versions(@ForAll("ranges") NaiveRange naive) {
        VersionSet versions = VersionRange.parse(naive.text()).versions();
        assertThat(VersionRange.parse(versions.toString()).versions()).isEqualTo(versions);
    }

    @Property(seed = "1")
    void the_normalised_form_admits_the_same_versions(
            @ForAll("ranges") NaiveRange naive, @ForAll("versions") SemVer version, @ForAll PrereleaseRule rule) {
        VersionRange range = VersionRange.parse(naive.text());
        VersionRange normalised = VersionRange.parse(range.normalised(rule));
        assertThat(normalised.normalised(rule)).isEqualTo(range.normalised(rule));
        assertThat(normalised.admits(version, rule)).isEqualTo(range.admits(version, rule));
    }

    @Property(seed = "1")
    void ranges_that_share_a_version_intersect(
            @ForAll("ranges") NaiveRange a,
            @ForAll("ranges") NaiveRange b,
            @ForAll("versions") SemVer version,
            @ForAll PrereleaseRule rule) {
        VersionRange left = VersionRange.parse(a.text());
        VersionRange right = VersionRange.parse(b.text());
        assertThat(left.intersects(right, rule)).isEqualTo(right.intersects(left, rule));
        if (a.admits(version, rule) && b.admits(version, rule)) {
            assertThat(left.intersects(right, rule)).isTrue();
        }
    }

    @Property(seed = "1")
    void ranges_that_intersect_share_a_version_at_one_of_their_bounds(
            @ForAll("ranges") NaiveRange a, @ForAll("ranges") NaiveRange b, @ForAll PrereleaseRule rule) {
        if (VersionRange.parse(a.text()).intersects(VersionRange.parse(b.text()), rule)) {
            assertThat(Stream.concat(a.bounds().stream(), b.bounds().stream()))
                    .anyMatch(version -> a.admits(version, rule) && b.admits(version, rule));
        }
    }

    @Property(seed = "1")
    void a_release_is_on_the_far_side_of_one_interval_only_if_all_admitted_versions_are_nearer(
            @ForAll("carets") String text, @ForAll("versions") SemVer version, @ForAll("versions") SemVer other) {
        VersionRange range = VersionRange.parse(text);
        if (range.admits(other, PrereleaseRule.INCLUDE)) {
            assertThat(range.endsBefore(version, PrereleaseRule.INCLUDE))
                    .isEqualTo(!range.admits(version, PrereleaseRule.INCLUDE) && version.compareTo(other) > 0);
            assertThat(range.startsAfter(version, PrereleaseRule.INCLUDE))
                    .isEqualTo(!range.admits(version, PrereleaseRule.INCLUDE) && version.compareTo(other) < 0);
        }
    }

    @Provide
    Arbitrary<String> carets() {
        return Combinators.combine(Arbitraries.of("^", "~", "", "="), Versions.texts())
                .as((operator, version) -> operator + version);
    }

    @Provide
    Arbitrary<NaiveRange> ranges() {
        return Versions.ranges();
    }

    @Provide
    Arbitrary<SemVer> versions() {
        return Versions.any();
    }

    @Provide
    Arbitrary<List<SemVer>> ascending() {
        return Versions.ascending();
    }
}
