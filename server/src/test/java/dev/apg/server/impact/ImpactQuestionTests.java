package dev.apg.server.impact;

import static dev.apg.server.composition.Catalogue.document;
import static dev.apg.server.composition.Catalogue.requires;
import static dev.apg.server.impact.Place.publishing;
import static dev.apg.server.impact.Place.state;
import static dev.apg.server.impact.Place.verdicts;
import static dev.apg.server.impact.Place.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What may be asked, and which part of the answer is sent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImpactQuestionTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    @Test
    void pages_and_filters_divide_the_same_answer() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0").publish("other", "1.0.0");
        for (String code : List.of("a", "b", "c")) {
            place.catalogue.compose(code, "cart").freeze();
        }
        place.catalogue.compose("d", "other").freeze();
        String candidate = publishing(document("cart", "1.1.0"));

        JsonNode first = place.answer(candidate, "?limit=2&verdict=upgradable");
        assertThat(verdicts(first)).containsExactly("a upgradable", "b upgradable");
        assertThat(first.get("total_count").asLong()).isEqualTo(3);
        assertThat(first.at("/totals/unaffected").asLong()).isEqualTo(1);
        String cursor = first.get("next_cursor").asString();
        JsonNode second = place.answer(candidate, "?limit=2&verdict=upgradable&cursor=" + cursor);
        assertThat(verdicts(second)).containsExactly("c upgradable");
        assertThat(second.has("next_cursor")).isFalse();
        assertThat(second.get("totals")).isEqualTo(first.get("totals"));
        assertThat(verdicts(place.answer(candidate, "?verdict=unaffected&verdict=broken")))
                .containsExactly("d unaffected");

        // The same cursor with another candidate, or another filter, is not one of that list.
        String other = publishing(document("cart", "1.2.0"));
        assertThat(place.ask(other, "?limit=2&verdict=upgradable&cursor=" + cursor)
                        .problem())
                .isEqualTo("paging.cursor");
        assertThat(place.ask(candidate, "?limit=2&cursor=" + cursor).problem()).isEqualTo("paging.cursor");
        assertThat(place.ask(candidate, "?cursor=nonsense").problem()).isEqualTo("paging.cursor");
        assertThat(place.ask(candidate, "?limit=101").problem()).isEqualTo("paging.limit");
        assertThat(place.ask(candidate, "?verdict=maybe").problem()).isEqualTo("filter.malformed");
    }

    @Test
    void a_document_that_publishing_would_refuse_is_refused_with_the_same_errors() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0");

        Answer taken = place.ask(publishing(document("cart", "1.0.0", "\"cost\": 7")));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.problem()).isEqualTo("version.digest_differs");

        Answer unknown = place.ask(publishing(document("cart", "2.0.0", requires("carts", "^1.0.0"))));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().at("/errors/0/code").asString()).isEqualTo("capability.unknown");
        assertThat(unknown.json().at("/errors/0/field").asString()).isEqualTo("document.requirements[0].capability");
        assertThat(unknown.json().at("/errors/0/expected").asString()).contains("cart");

        Answer malformed = place.ask(publishing(document("cart", "two", requires("cart", "~~1"))));
        assertThat(malformed.status()).isEqualTo(422);
        assertThat(malformed.text()).contains("document.version", "document.requirements[0].range");

        Answer same = place.ask(publishing(document("cart", "1.0.0")));
        assertThat(same.json().at("/candidate/published").asBoolean()).isTrue();
    }

    @Test
    void what_the_catalogue_does_not_have_is_refused_with_what_was_probably_meant() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0").publish("cart", "1.1.0");
        place.catalogue.state("cart", "1.1.0", "purged");

        Answer code = place.ask(version("carts", "1.0.0"));
        assertThat(code.status()).isEqualTo(422);
        assertThat(code.problem()).isEqualTo("capability.unknown");
        assertThat(code.json().get("detail").asString()).contains("cart");
        assertThat(place.ask(version("cart", "3.0.0")).problem()).isEqualTo("version.unknown");
        assertThat(place.ask(version("cart", "three")).problem()).isEqualTo("version.malformed");
        assertThat(place.ask(version("cart", "1.1.0")).problem()).isEqualTo("version.purged");
        assertThat(place.ask(state("cart", "1.1.0", "yanked")).problem()).isEqualTo("version.transition");
        assertThat(place.ask(state("cart", "1.0.0", "pending")).status()).isEqualTo(400);
        assertThat(place.ask("{\"kind\": \"guess\"}").status()).isEqualTo(400);
        assertThat(place.ask("{\"kind\": \"version\", \"capability\": \"cart\"}")
                        .status())
                .isEqualTo(422);
        assertThat(place.ask("{}").status()).isEqualTo(400);
    }

    @Test
    void another_tenants_compositions_are_neither_listed_nor_counted() {
        var mine = new Place(server);
        var theirs = new Place(server);
        for (Place place : List.of(mine, theirs)) {
            place.catalogue.publish("cart", "1.0.0");
        }
        theirs.catalogue.compose("secret", "cart").freeze();
        theirs.catalogue.compose("secret-draft", "cart");
        assertThat(verdicts(theirs.answer(publishing(document("cart", "1.1.0")))))
                .containsExactly("secret upgradable");

        JsonNode answer = mine.answer(publishing(document("cart", "1.1.0")));

        assertThat(answer.get("items")).isEmpty();
        assertThat(answer.get("total_count").asLong()).isZero();
        assertThat(answer.get("without_revision").asLong()).isZero();
        assertThat(answer.at("/totals/unaffected").asLong()).isZero();
    }

    @Test
    void a_page_is_about_what_there_is_when_it_is_asked_for() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0");
        place.catalogue.compose("a", "cart").freeze();
        place.catalogue.compose("b", "cart@1.0.0").freeze();
        String candidate = publishing(document("cart", "1.1.0"));
        JsonNode first = place.answer(candidate, "?limit=1");
        assertThat(verdicts(first)).containsExactly("a upgradable");

        place.catalogue.compose("c", "cart").freeze();

        JsonNode second = place.answer(
                candidate, "?limit=2&cursor=" + first.get("next_cursor").asString());
        assertThat(verdicts(second)).containsExactly("b blocked", "c upgradable");
        assertThat(second.at("/totals/upgradable").asInt()).isEqualTo(2);
    }
}
