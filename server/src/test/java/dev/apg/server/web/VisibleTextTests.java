package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What people read shows all that is in it. That no text was forgotten, HostileBodyTests sees in the contract. */
class VisibleTextTests {
    private static final String VERSION =
            "{\"format\":\"apg.version/1\",\"capability\":\"cart\",\"version\":\"1.0.0\",";

    @AutoClose
    private static final TestServer server = TestServer.start();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | /api/v1/tokens | {'label':'@','role':'observer'} | label",
                "POST | /api/v1/capabilities | {'capability':'cart','about':{'display_name':'@'}} | about.display_name",
                "POST | /api/v1/capabilities | {'capability':'cart','about':{'category':'@'}} | about.category",
                "POST | /api/v1/capabilities | {'capability':'cart','about':{'subcategory':'@'}} | about.subcategory",
                "POST | /api/v1/capabilities | {'capability':'cart','about':{'owner':'@'}} | about.owner",
                "POST | /api/v1/capabilities | {'capability':'cart','about':{'tags':['a','@']}} | about.tags[1]",
                "POST | /api/v1/capabilities | {'capability':'cart','about':{'keywords':['@']}} | about.keywords[0]",
                "POST | /api/v1/capabilities | {'capability':'cart','about':{'description':'@'}} | about.description",
                "PATCH | /api/v1/capabilities/cart | {'display_name':'@'} | display_name",
                "PUT | /api/v1/capabilities/cart/owner | {'owner':'@'} | owner",
                "PUT | /api/v1/capabilities/cart/versions/1.0.0/state | {'state':'yanked','reason':'@'} | reason",
                "POST | /api/v1/services | {'service':'carts','description':'@'} | description",
                "POST | /api/v1/compositions | {'code':'shop','display_name':'@'} | display_name",
                "POST | /api/v1/compositions | {'code':'shop','owner':'@'} | owner",
                "PATCH | /api/v1/compositions/shop | {'description':'@'} | description",
                "POST | /api/v1/compositions/shop/revisions | {'message':'@'} | message",
            })
    void a_text_with_a_character_that_cannot_be_seen_is_refused_with_its_field_and_its_name(
            String method, String path, String body, String field) {
        Answer refused = send(method, path, body.replace('\'', '"').replace("@", "pay\\u202eroll"));

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        JsonNode error = refused.json().at("/errors/0");
        assertThat(error.get("field").asString()).isEqualTo(field);
        assertThat(error.get("code").asString()).isEqualTo("not_visible");
        assertThat(error.get("value").asString()).isEqualTo("pay<U+202E>roll");
        assertThat(error.get("expected").asString()).endsWith("without U+202E");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'about':{'owner':'@'} | about.owner",
                "'runtime':{'image':'a:1','volumes':[{'name':'data','path':'/@'}]} | runtime.volumes[0].path",
                "'runtime':{'image':'a:1','ports':[{'name':'http','port':80}],'health':{'kind':'http','port':'http','path':'/@'}} | runtime.health.path",
                "'runtime':{'image':'a:1','environment':[{'name':'A','configuration':'@'}]} | runtime.environment[0].configuration",
            })
    void a_version_is_held_to_the_same_alone_and_in_a_batch(String more, String field) {
        String document = (VERSION + more.replace('\'', '"') + "}").replace("@", "da\\u200bta");

        Answer alone = send("POST", "/api/v1/capabilities/cart/versions", document);
        Answer inBatch =
                server.client().send("POST", "/api/v1/imports", BodyPublishers.ofString(document), "application/jsonl");

        for (Answer refused : new Answer[] {alone, inBatch}) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(422);
            assertThat(refused.json().get("errors").valueStream()).anySatisfy(error -> {
                assertThat(error.get("field").asString()).isEqualTo(field);
                assertThat(error.get("expected").asString()).contains("U+200B");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\u200b", "\\u2066", "\\ufeff", "\\u00ad", "\\u0007", "\\n", " ", "\\u3164", "ad\\u200dmin"})
    void a_label_of_a_token_is_one_line_that_can_be_seen(String label) {
        Answer refused = send("POST", "/api/v1/tokens", "{\"label\":\"%s\",\"role\":\"observer\"}".formatted(label));

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/code").asString()).isEqualTo("not_visible");
    }

    @Test
    void what_real_writing_needs_is_kept() {
        String text = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \ud83d\udc69\u200d\ud83d\udcbb";
        String description = "first line\n\n\tsecond: " + text;

        Answer kept = send(
                "POST",
                "/api/v1/capabilities",
                "{\"capability\":\"written\",\"about\":{\"display_name\":\"%s\",\"description\":\"%s\"}}"
                        .formatted(text, description.replace("\n", "\\n").replace("\t", "\\t")));

        assertThat(kept.status()).as(kept.text()).isEqualTo(201);
        assertThat(kept.json().get("display_name").asString()).isEqualTo(text);
        assertThat(kept.json().get("description").asString()).isEqualTo(description);
    }

    private static Answer send(String method, String path, String body) {
        return server.client()
                .with("If-Match", "*")
                .send(method, path, BodyPublishers.ofString(body), "application/json");
    }
}
