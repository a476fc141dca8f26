package dev.apg.server.composition.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The bytes of a bundle depend on its input and on nothing else. Isolated: it changes defaults of the whole process. */
@Isolated
class BundleDeterminismTests {
    @Test
    void the_same_input_gives_the_same_bytes_again() {
        assertThat(SampleShop.shop().render().tar())
                .isEqualTo(SampleShop.shop().render().tar());
        assertThat(HostileTexts.bundle().render().tar())
                .isEqualTo(HostileTexts.bundle().render().tar());
    }

    @Test
    void neither_locale_nor_time_zone_changes_a_byte() {
        byte[] expected = SampleShop.shop().render().tar();
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            // Turkish has another upper-case i, this Arabic other digits, Thai another calendar.
            for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));

                assertThat(SampleShop.shop().render().tar()).as(tag).isEqualTo(expected);
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void the_order_in_which_entries_and_configuration_keys_are_given_changes_no_byte() {
        BundleInput input = SampleShop.shop().input();
        List<BundleInput.Entry> reversed = new ArrayList<>();
        input.entries()
                .forEach(entry ->
                        reversed.addFirst(new BundleInput.Entry(entry.document(), reversed(entry.configuration()))));

        Bundle other = BundleRenderer.render(new BundleInput(
                input.composition(),
                input.displayName(),
                input.revision(),
                input.frozenAt(),
                input.message(),
                input.lock(),
                input.lockBytes(),
                input.lockDigest(),
                reversed,
                input.cycles()));

        assertThat(other.tar()).isEqualTo(BundleRenderer.render(input).tar());
    }

    private static Map<String, Object> reversed(Map<String, Object> map) {
        Map<String, Object> reversed = new TreeMap<>(Collections.reverseOrder());
        reversed.putAll(map);
        return new LinkedHashMap<>(reversed);
    }

    @Test
    void a_fraction_of_a_second_in_the_freeze_time_changes_no_byte() {
        BundleInput input = SampleShop.shop().input();

        Bundle other = BundleRenderer.render(new BundleInput(
                input.composition(),
                input.displayName(),
                input.revision(),
                input.frozenAt().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                input.message(),
                input.lock(),
                input.lockBytes(),
                input.lockDigest(),
                input.entries(),
                input.cycles()));

        assertThat(other.tar()).isEqualTo(BundleRenderer.render(input).tar());
    }
}
