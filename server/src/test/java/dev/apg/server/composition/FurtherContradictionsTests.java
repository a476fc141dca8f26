package dev.apg.server.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.Resolution;
import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

class FurtherContradictionsTests {
    @Test
    void two_independent_contradictions_are_mended_together_and_the_answer_says_so() {
        try (TestServer server = TestServer.start()) {
            Catalogue catalogue = new Catalogue(server.client());
            catalogue
                    .publish("edge-nginx", "1.0.0")
                    .publish("varnish", "1.0.0", "\"conflicts\": [{\"capability\": \"edge-nginx\"}]")
                    .publish("mariadb", "10.0.0")
                    .publish("mariadb", "11.0.0");
            String[] operations = {"{\"op\": \"pin\", \"capability\": \"mariadb\", \"version\": \"10.0.0\"}"};
            String[] members = {"edge-nginx", "varnish", "mariadb@^11.0.0"};
            Composition composition = catalogue.compose("both", members).apply(operations);

            Explanation explanation =
                    ((Resolution.Unsolvable) composition.resolve().as(Resolution.class)).explanation();
            assertThat(explanation.furtherContradictions()).isTrue();
            assertThat(explanation.prose())
                    .contains("once it is mended, there is at least one other contradiction:\n- You ");
            assertThat(explanation.furtherCount()).isEqualTo(1);
            assertThat(explanation.further()).singleElement().satisfies(other -> {
                assertThat(explanation.prose()).contains("- " + other.sentence() + "\n");
                assertThat(other.core()).isNotEmpty().doesNotContainAnyElementsOf(explanation.core());
            });
            List<String> sentences =
                    explanation.fixes().stream().map(Explanation.Fix::sentence).toList();
            assertThat(sentences)
                    .anyMatch(each -> each.contains("edge-nginx"))
                    .anyMatch(each -> each.contains("varnish"));
            for (int i = 0; i < explanation.fixes().size(); i++) {
                Composition again = catalogue.compose("both-" + i, members).apply(operations);
                again.apply(explanation.fixes().get(i).operations().stream()
                        .map(WireJson.MAPPER::writeValueAsString)
                        .toArray(String[]::new));
                assertThat(again.resolve().as(Resolution.class)).isInstanceOf(Resolution.Solved.class);
            }

            Composition one = catalogue.compose("one", "edge-nginx", "varnish");
            assertThat(((Resolution.Unsolvable) one.resolve().as(Resolution.class))
                            .explanation()
                            .furtherContradictions())
                    .isFalse();
        }
    }

    @Test
    void the_first_fix_keeps_the_members_and_one_that_leaves_none_says_so() {
        try (TestServer server = TestServer.start()) {
            Catalogue catalogue = new Catalogue(server.client());
            catalogue
                    .publish("portal", "1.0.0")
                    .publish("portal", "1.4.0")
                    .publish("ledger", "2.0.0")
                    .publish("away", "1.0.0")
                    .publish("lost", "1.0.0", Catalogue.requires("away", "^3.0.0"));
            Explanation twice = explanation(catalogue.compose("twice", "portal@^2.0.0", "ledger@^7.0.0"));
            assertThat(twice.furtherContradictions()).isTrue();
            assertThat(twice.fixes().getFirst().operations())
                    .containsExactlyInAnyOrder(
                            new DraftOperation.SetRange("portal", "^1.4.0"),
                            new DraftOperation.SetRange("ledger", "^2.0.0"));

            Explanation alone = explanation(catalogue.compose("alone", "lost"));
            assertThat(alone.fixes())
                    .singleElement()
                    .satisfies(fix -> assertThat(fix.sentence())
                            .isEqualTo("Do not ask for lost, which leaves nothing that is asked for."));
        }
    }

    private static Explanation explanation(Composition composition) {
        return ((Resolution.Unsolvable) composition.resolve().as(Resolution.class)).explanation();
    }
}
