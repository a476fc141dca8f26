package dev.apg.resolver.version;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VersionSetPropertyTests {
    @Property(seed = "1")
    void operations_mean_what_they_mean_for_each_version(
            @ForAll("sets") VersionSet a, @ForAll("sets") VersionSet b, @ForAll("versions") SemVer version) {
        boolean inA = a.contains(version);
        boolean inB = b.contains(version);
        assertThat(a.intersection(b).contains(version)).isEqualTo(inA && inB);
        assertThat(a.union(b).contains(version)).isEqualTo(inA || inB);
        assertThat(a.complement().contains(version)).isEqualTo(!inA);
        if (a.containsAll(b) && inB) {
            assertThat(inA).isTrue();
        }
        if (inA && inB) {
            assertThat(a.intersects(b)).isTrue();
        }
    }

    @Property(seed = "1")
    void sets_form_a_boolean_algebra(
            @ForAll("sets") VersionSet a, @ForAll("sets") VersionSet b, @ForAll("sets") VersionSet c) {
        assertThat(a.intersection(b)).isEqualTo(b.intersection(a));
        assertThat(a.union(b)).isEqualTo(b.union(a));
        assertThat(a.intersection(b).intersection(c)).isEqualTo(a.intersection(b.intersection(c)));
        assertThat(a.intersection(a)).isEqualTo(a);
        assertThat(a.intersection(b.union(c)))
                .isEqualTo(a.intersection(b).union(a.intersection(c)))
                .hasSameHashCodeAs(a.intersection(b).union(a.intersection(c)));
        assertThat(a.complement().complement()).isEqualTo(a);
        assertThat(a.union(b).complement()).isEqualTo(a.complement().intersection(b.complement()));
        assertThat(a.intersection(a.complement()).isEmpty()).isTrue();
        assertThat(a.union(a.complement()).isAll()).isTrue();
    }

    @Property(seed = "1")
    void a_set_holds_its_first_version_and_not_its_end(
            @ForAll("versions") SemVer first, @ForAll("versions") SemVer end) {
        VersionSet set = VersionSet.between(first, end);
        assertThat(set.isEmpty()).isEqualTo(first.compareTo(end) >= 0);
        assertThat(set.contains(first)).isEqualTo(first.compareTo(end) < 0);
        assertThat(set.contains(end)).isFalse();
    }

    @Provide
    Arbitrary<VersionSet> sets() {
        return Versions.sets();
    }

    @Provide
    Arbitrary<SemVer> versions() {
        return Versions.any();
    }
}
