package dev.apg.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.composition.Severity;
import dev.apg.contract.composition.ValidationReport.Finding;
import java.util.List;
import java.util.stream.IntStream;
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

    @Test
    void warnings_that_are_many_name_the_command_that_lists_them() {
        List<Finding> many = IntStream.range(0, 8)
                .mapToObj(i -> new Finding(
                        Severity.WARNING, "run.needs_root", "part-" + i, "1.0.0", null, "The image needs root."))
                .toList();
        assertThat(FindingsText.warnings(many, 9, "apg compose validate shop --all"))
                .contains(
                        "run.needs_root, 8 times: part-0, ",
                        "and 2 more (`apg compose validate shop --all` lists them)")
                .endsWith("Warnings beyond the first 8 are left out; `apg compose validate shop --all` lists all 9.\n");
        assertThat(FindingsText.warnings(List.of(), 0, "apg")).isEmpty();
    }

    private static String text(String capability, String sentence) {
        var finding = new Finding(Severity.WARNING, "run.image_not_pinned", capability, "1.1.0", null, sentence);
        return FindingsText.of(List.of(finding), true, List.of());
    }
}
