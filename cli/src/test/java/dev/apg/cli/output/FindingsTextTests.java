package dev.apg.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.composition.Severity;
import dev.apg.contract.composition.ValidationReport.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTextTests {
    @Test
    void an_image_that_is_called_like_its_capability_does_not_stand_for_it() {
        assertThat(text("shop/catalog", "registry.example/shop/catalog:1.1.0 has no digest."))
                .contains(
                        "run.image_not_pinned: shop/catalog 1.1.0: registry.example/shop/catalog:1.1.0 has no digest.");
    }

    @Test
    void a_sentence_that_names_its_capability_stands_alone() {
        assertThat(text("shop/catalog", "shop/catalog has no digest."))
                .contains("run.image_not_pinned: shop/catalog has no digest.");
    }

    private static String text(String capability, String sentence) {
        var finding = new Finding(Severity.WARNING, "run.image_not_pinned", capability, "1.1.0", null, sentence);
        return FindingsText.of(List.of(finding), true, List.of());
    }
}
