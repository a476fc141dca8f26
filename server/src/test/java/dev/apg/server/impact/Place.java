package dev.apg.server.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A tenant of its own, because an answer is about all compositions of one. */
final class Place {
    final TestTenant tenant;
    final Catalogue catalogue;

    Place(TestServer server) {
        tenant = TestTenant.in(server);
        catalogue = new Catalogue(tenant.client());
    }

    Answer ask(String candidate, String... query) {
        return catalogue.reader().post("/api/v1/impact" + String.join("", query), candidate);
    }

    JsonNode answer(String candidate, String... query) {
        Answer answer = ask(candidate, query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("X-APG-Seq")).isPresent();
        return answer.json();
    }

    static String publishing(String document) {
        return "{\"kind\": \"document\", \"document\": %s}".formatted(document);
    }

    static String version(String code, String number) {
        return "{\"kind\": \"version\", \"capability\": \"%s\", \"version\": \"%s\"}".formatted(code, number);
    }

    static String state(String code, String number, String state) {
        return "{\"kind\": \"state\", \"capability\": \"%s\", \"version\": \"%s\", \"state\": \"%s\"}"
                .formatted(code, number, state);
    }

    static String status(String code, String status) {
        return "{\"kind\": \"status\", \"capability\": \"%s\", \"status\": \"%s\"}".formatted(code, status);
    }

    static List<String> verdicts(JsonNode answer) {
        List<String> verdicts = new ArrayList<>();
        answer.get("items")
                .forEach(item -> verdicts.add(item.get("composition").asString() + " "
                        + item.get("verdict").asString()));
        return verdicts;
    }

    static String sentence(JsonNode answer, int item) {
        return answer.at("/items/%d/sentence".formatted(item)).asString();
    }
}
