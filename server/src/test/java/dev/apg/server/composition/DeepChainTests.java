package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.document;
import static dev.apg.server.composition.Catalogue.requires;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.Resolution;
import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every question about a composition whose capabilities need each other in one long chain. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeepChainTests {
    private static final int DEPTH = 20_000;
    private static final int MOST_BYTES_OF_AN_ANSWER = 40_000_000;

    @AutoClose
    private final TestServer server = TestServer.start();

    private Catalogue catalogue;
    private Composition composition;

    @BeforeAll
    void start() {
        catalogue = new Catalogue(server.client())
                .publishTogether(IntStream.range(0, DEPTH)
                        .mapToObj(i -> i + 1 < DEPTH
                                ? document("c-" + i, "1.0.0", requires("c-" + (i + 1), "*"))
                                : document("c-" + i, "1.0.0"))
                        .toArray(String[]::new));
        composition = catalogue.compose("deep", "c-0").freeze();
        catalogue.publish("c-" + (DEPTH - 1), "1.1.0");
    }

    private static String bounded(Answer answer, int status) {
        assertThat(answer.status())
                .as(answer.text().substring(0, Math.min(1000, answer.text().length())))
                .isEqualTo(status);
        assertThat(answer.text().length()).isLessThan(MOST_BYTES_OF_AN_ANSWER);
        return answer.text();
    }

    @Test
    void an_answer_tells_the_first_and_the_last_links_of_a_long_chain_and_how_many_it_omits() {
        Answer answer = composition.resolve();
        bounded(answer, 200);
        var solved = (Resolution.Solved) answer.as(Resolution.class);
        assertThat(solved.entries()).hasSize(DEPTH);
        assertThat(WireJson.MAPPER.writeValueAsString(
                        solved.entries().getFirst().reason()))
                .startsWith(
                        "[{\"root\":\"c-0\"},{\"omitted\":19991},{\"capability\":\"c-19991\",\"requirement\":\"c-19992\"},")
                .endsWith("{\"capability\":\"c-19998\",\"requirement\":\"c-19999\"}]");
        assertThat(WireJson.MAPPER.writeValueAsString(
                        solved.entries().get(DEPTH - 32).reason()))
                .as("a chain of 32 links")
                .startsWith("[{\"root\":\"c-0\"},{\"capability\":\"c-0\",\"requirement\":\"c-1\"},"
                        + "{\"capability\":\"c-1\",\"requirement\":\"c-2\"},")
                .endsWith("{\"capability\":\"c-30\",\"requirement\":\"c-31\"}]");
    }

    @Test
    void every_question_about_it_is_answered() {
        bounded(composition.validate(), 200);
        String why = bounded(composition.ask("/why", "{\"capability\": \"c-19999\"}"), 200);
        assertThat(why)
                .contains(
                        "because the draft asks for c-0, which brings in, after 19991 further needs, c-19991, whose requirement c-19992 brings in c-19992");
        bounded(composition.ask("/outdated", "{}"), 200);
        bounded(composition.read("/revisions/1"), 200);
        bounded(composition.read("/revisions/1/lock"), 200);
        assertThat(composition.read("/revisions/1/bundle").status()).isEqualTo(200);
        bounded(composition.read("/diff?from=1"), 200);
        bounded(
                catalogue
                        .reader()
                        .post(
                                "/api/v1/impact",
                                "{\"kind\": \"version\", \"capability\": \"c-19999\", \"version\": \"1.1.0\"}"),
                200);
        bounded(catalogue.reader().get("/api/v1/capabilities/c-0/dependencies?transitive=true"), 200);
        bounded(catalogue.reader().get("/api/v1/graph?root=c-0&depth=20"), 200);
        composition.apply("{\"op\": \"exclude\", \"capability\": \"c-19999\", \"range\": \"*\"}");
        bounded(composition.ask("/resolve", "{}"), 200);
        composition.apply("{\"op\": \"include\", \"capability\": \"c-19999\", \"range\": \"*\"}");
    }
}
