package dev.apg.server.impact;

import static dev.apg.server.composition.Catalogue.document;
import static dev.apg.server.composition.Catalogue.provides;
import static dev.apg.server.impact.Place.publishing;
import static dev.apg.server.impact.Place.state;
import static dev.apg.server.impact.Place.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestServer;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** How revisions come from the database, and when what is in memory is believed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredRevisionTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private void change(String statement, Place place) throws SQLException {
        try (var connection = server.database().superuser();
                var prepared = connection.prepareStatement(statement)) {
            prepared.setObject(1, place.tenant.id());
            assertThat(prepared.executeUpdate()).isPositive();
        }
    }

    @Test
    void all_that_a_draft_says_counts_whether_the_release_before_froze_it_or_this_one() throws SQLException {
        var frozen = new Place(server);
        var before = new Place(server);
        for (Place place : List.of(frozen, before)) {
            place.catalogue
                    .publish("redis", "7.0.0", provides("store", "1.0.0"))
                    .publish("valkey", "8.0.0", provides("store", "1.0.0"))
                    .publish("cart", "1.0.0")
                    .publish("cart", "1.1.0-rc.1");
            place.catalogue
                    .compose("accepts", "cart@=1.0.0")
                    .apply("{\"op\": \"set_policy\", \"policy\": {\"accept\": [\"yanked\", \"retired\"]}}")
                    .freeze();
            place.catalogue
                    .compose("cheap", "cart")
                    .apply("{\"op\": \"set_policy\", \"policy\": {\"objective\": [\"minimal_change\", \"cheapest\"]}}")
                    .freeze();
            place.catalogue
                    .compose("excludes", "cart")
                    .apply("{\"op\": \"exclude\", \"capability\": \"cart\", \"range\": \">=1.2.0\"}")
                    .freeze();
            place.catalogue
                    .compose("pins", "cart")
                    .apply("{\"op\": \"pin\", \"capability\": \"cart\", \"version\": \"1.0.0\"}")
                    .freeze();
            place.catalogue
                    .compose("pre", "cart")
                    .apply("{\"op\": \"set_policy\", \"policy\": {\"prereleases\": true}}")
                    .freeze();
            place.catalogue
                    .compose("serves", "cart")
                    .apply("{\"op\": \"require_service\", \"service\": \"store\", \"range\": \"^1.0.0\"}")
                    .freeze();
        }
        change("UPDATE revision SET request = NULL WHERE tenant_id = ?", before);

        for (String candidate : List.of(
                publishing(document("cart", "1.2.0")),
                state("cart", "1.0.0", "yanked"),
                state("redis", "7.0.0", "purged"))) {
            JsonNode answer = frozen.answer(candidate);
            assertThat(answer.get("items")).isEqualTo(before.answer(candidate).get("items"));
        }
        assertThat(verdicts(before.answer(publishing(document("cart", "1.2.0")))))
                .containsExactly(
                        "accepts blocked",
                        "cheap upgradable",
                        "excludes blocked",
                        "pins blocked",
                        "pre upgradable",
                        "serves upgradable");
        assertThat(verdicts(before.answer(state("cart", "1.0.0", "yanked"), "?verdict=blocked")))
                .containsExactly("accepts blocked");
        assertThat(verdicts(before.answer(state("redis", "7.0.0", "purged"), "?verdict=upgradable")))
                .containsExactly("serves upgradable");
    }

    @Test
    void after_the_database_was_restored_a_number_that_is_given_again_is_read_again() throws SQLException {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0");
        place.catalogue.compose("other", "cart@1.0.0").freeze();
        place.catalogue.compose("shop", "cart").freeze();
        String candidate = publishing(document("cart", "1.1.0"));
        assertThat(verdicts(place.answer(candidate))).containsExactly("other blocked", "shop upgradable");

        // As if revision 1 of shop was lost and frozen again, of another draft.
        change("""
                UPDATE revision SET request = of.request, draft = of.draft
                FROM revision AS of JOIN composition ON composition.composition_id = of.composition_id AND composition.code = 'other'
                WHERE revision.tenant_id = ? AND of.tenant_id = revision.tenant_id
                """, place);
        change("UPDATE tenant_cursor SET epoch = epoch + 1 WHERE tenant_id = ?", place);

        JsonNode answer =
                place.tenant.client().post("/api/v1/impact", candidate).json();
        assertThat(verdicts(answer)).containsExactly("other blocked", "shop blocked");
    }

    @Test
    void an_answer_is_about_a_catalogue_that_has_what_the_locks_have() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0");
        // Without a cursor that says how new the answer has to be.
        for (int i = 1; i <= 20; i++) {
            place.catalogue.publish("cart", "1.0." + i);
            place.catalogue.compose("shop-" + i, "cart").freeze();
            JsonNode answer = place.tenant
                    .client()
                    .post("/api/v1/impact?verdict=upgradable", publishing(document("cart", "1.1.0")))
                    .json();
            assertThat(answer.get("total_count").asInt()).isEqualTo(i);
            assertThat(answer.at("/totals/blocked").asInt()).isZero();
        }
    }
}
