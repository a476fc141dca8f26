package dev.apg.server.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.Resolution;
import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

class FurtherContradictionsTests {
    @Test
    void two_independent_contradictions_are_mended_together_by_fixes_of_equal_size_and_the_answer_says_so() {
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
            assertThat(explanation.prose()).contains("once it is mended, there is another contradiction");
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
}
