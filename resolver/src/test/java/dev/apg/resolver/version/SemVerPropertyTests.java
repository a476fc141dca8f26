package dev.apg.resolver.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SemVerPropertyTests {
    @Property(seed = "1")
    void what_is_printed_reads_back_as_the_same_version(@ForAll("texts") String text) {
        SemVer version = SemVer.parse(text);
        assertThat(version).hasToString(text).isEqualTo(SemVer.parse(version.toString()));
    }

    @Property(seed = "1")
    void order_is_that_of_a_plain_reading_of_the_specification(@ForAll("texts") String a, @ForAll("texts") String b) {
        assertThat(Integer.signum(SemVer.parse(a).compareTo(SemVer.parse(b)))).isEqualTo(precedence(a, b));
    }

    @Property(seed = "1")
    void order_is_antisymmetric_and_agrees_with_equality(@ForAll("versions") SemVer a, @ForAll("versions") SemVer b) {
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
        assertThat(a.equals(b)).isEqualTo(a.compareTo(b) == 0);
        if (a.equals(b)) {
            assertThat(a).hasSameHashCodeAs(b);
        }
    }

    @Property(seed = "1")
    void order_is_transitive(@ForAll("versions") SemVer a, @ForAll("versions") SemVer b, @ForAll("versions") SemVer c) {
        if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
            assertThat(a).isLessThanOrEqualTo(c);
        }
    }

    @Property(seed = "1")
    void nothing_lies_between_a_version_and_its_successor(@ForAll("versions") SemVer a, @ForAll("versions") SemVer b) {
        assertThat(a.successor()).isGreaterThan(a);
        if (b.compareTo(a) > 0) {
            assertThat(b).isGreaterThanOrEqualTo(a.successor());
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Versions.texts();
    }

    @Provide
    Arbitrary<SemVer> versions() {
        return Versions.any();
    }

    /** Section 11 of SemVer 2.0, word by word and without regard to speed. */
    static int precedence(String a, String b) {
        String[] left = a.split("-", 2);
        String[] right = b.split("-", 2);
        int order = identifiers(left[0], right[0]);
        if (order != 0 || (left.length == 1 && right.length == 1)) {
            return order;
        }
        if (left.length != right.length) {
            return left.length == 1 ? 1 : -1;
        }
        return identifiers(left[1], right[1]);
    }

    private static int identifiers(String a, String b) {
        String[] left = a.split("\\.");
        String[] right = b.split("\\.");
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            boolean leftNumeric = left[i].matches("[0-9]+");
            boolean rightNumeric = right[i].matches("[0-9]+");
            int order;
            if (leftNumeric && rightNumeric) {
                order = new BigInteger(left[i]).compareTo(new BigInteger(right[i]));
            } else if (leftNumeric || rightNumeric) {
                order = leftNumeric ? -1 : 1;
            } else {
                order = left[i].compareTo(right[i]);
            }
            if (order != 0) {
                return Integer.signum(order);
            }
        }
        return Integer.compare(left.length, right.length);
    }
}
