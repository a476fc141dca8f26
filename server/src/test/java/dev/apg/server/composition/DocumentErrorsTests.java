package dev.apg.server.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** All that is wrong with a composition's document is told at once, wherever it is sent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentErrorsTests {
    private static final String LIST = "/api/v1/compositions";

    private static final String BROKEN_RULES = """
            {"format": "apg.composition/1", "composition": "wrong",
             "members": [{"capability": "redis", "range": "^^7"}, {"capability": "redis"}, {"capability": "nobody"}],
             "services": [{"service": "nothing", "range": "one"}],
             "pins": {"redis": "7"},
             "exclusions": [{"capability": "redis", "range": "?"}],
             "configuration": {"redis": {"a": 1}}}
            """;

    @AutoClose
    private final TestServer server = TestServer.start();

    private Catalogue catalogue;

    @BeforeAll
    void start() {
        catalogue = new Catalogue(server.client());
        catalogue.publish("redis", "7.2.5");
        catalogue.compose("wrong");
    }

    @Test
    void every_rule_that_a_document_breaks_is_told_with_its_field() {
        TestClient designer = catalogue.reader();
        assertThat(errors(designer.with("If-Match", "*").put(LIST + "/wrong/draft", BROKEN_RULES), 422))
                .containsExactly(broken(""));
        assertThat(errors(designer.post(LIST, BROKEN_RULES.replace("wrong", "new")), 422))
                .containsExactly(broken(""));
        assertThat(errors(designer.post("/api/v1/resolve", "{\"document\": %s}".formatted(BROKEN_RULES)), 422))
                .containsExactly(broken("document."));
        assertThat(errors(
                        designer.post(
                                LIST + "/wrong/draft/operations",
                                "{\"operations\": [{\"op\": \"replace\", \"document\": %s}]}".formatted(BROKEN_RULES)),
                        422))
                .containsExactly(broken("operations[0].document."));
    }

    private static Tuple[] broken(String path) {
        return new Tuple[] {
            tuple(path + "members[0].range", "range.malformed"),
            tuple(path + "members[1].capability", "draft.duplicate"),
            tuple(path + "services[0].range", "range.malformed"),
            tuple(path + "pins.redis", "version.malformed"),
            tuple(path + "exclusions[0].range", "range.malformed"),
            tuple(path + "configuration.redis", "draft.configured_member"),
            tuple(path + "members[2].capability", "capability.unknown"),
            tuple(path + "services[0].service", "service.unknown")
        };
    }

    @Test
    void every_field_that_does_not_fit_is_told_and_what_breaks_a_rule_in_the_rest_in_the_order_of_the_lines() {
        Answer answer = yaml("""
                format: apg.composition/1
                composition: wrong
                members:
                  - capability: redis
                    range: 7
                    size: large
                  - redis
                  - capability: no spaces please
                policy: {accept: [broken, deprecated]}
                colour: red
                """);

        assertThat(errors(answer, 400))
                .containsExactly(
                        tuple("members[0].range", "field.wrong_type"),
                        tuple("members[0].size", "field.unknown"),
                        tuple("members[1]", "field.wrong_type"),
                        tuple("members[2].capability", "wrong_form"),
                        tuple("policy.accept[0]", "field.wrong_type"),
                        tuple("colour", "field.unknown"));
        assertThat(answer.json().get("errors").findValuesAsString("line"))
                .containsExactly("5", "6", "7", "8", "9", "10");
    }

    @Test
    void what_is_found_when_the_body_is_long_a_record_has_its_line_all_the_same() {
        Answer answer = yaml("""
                format: apg.composition/1
                composition: wrong
                members:
                  - capability: nobody
                  - capability: redis
                    range: ^^7
                """);

        assertThat(errors(answer, 422))
                .containsExactly(
                        tuple("members[0].capability", "capability.unknown"),
                        tuple("members[1].range", "range.malformed"));
        assertThat(answer.json().get("errors").findValuesAsString("line")).containsExactly("4", "6");
        assertThat(answer.problem()).isEqualTo("capability.unknown");
        assertThat(answer.json().get("detail").asString()).startsWith("members[0].capability: nobody");
    }

    private Answer yaml(String document) {
        return catalogue
                .reader()
                .with("If-Match", "*")
                .send("PUT", LIST + "/wrong/draft", BodyPublishers.ofString(document), "application/yaml");
    }

    private static List<Tuple> errors(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json()
                .get("errors")
                .valueStream()
                .map(error ->
                        tuple(error.get("field").asString(), error.get("code").asString()))
                .toList();
    }
}
