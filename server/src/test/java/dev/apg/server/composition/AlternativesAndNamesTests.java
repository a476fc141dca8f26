package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.provides;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Which of several providers was chosen and why, names that nothing has, and reasons of states. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlternativesAndNamesTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private Catalogue catalogue;

    @BeforeAll
    void start() {
        catalogue = new Catalogue(server.client());
        catalogue
                .publish("blogs/memcached", "1.6.0", provides("cache", "1.0.0"))
                .publish("blogs/redis", "7.2.5", provides("cache", "1.0.0"))
                .publish("blogs/redis", "8.0.0", provides("cache", "1.0.0"))
                .publish(
                        "blogs/wordpress", "6.0.0", "\"requirements\": [{\"name\": \"cache\", \"service\": \"cache\"}]")
                .publish("blogs/picky", "1.0.0", """
                        "requirements": [{"name": "cache", "any_of": [{"capability": "blogs/redis"}, {"service": "cache"}]}]
                        """);
    }

    @Test
    void why_names_the_need_that_an_alternative_could_meet_and_why_another_was_preferred() {
        Composition composition = catalogue.compose("by-code", "blogs/wordpress");
        assertThat(why(composition, "blogs/redis"))
                .isEqualTo("blogs/redis is not part of the solution: the requirement cache of blogs/wordpress is met by"
                        + " blogs/memcached, which was preferred because it comes before blogs/redis in the alphabet and"
                        + " nothing else sets them apart.");
        JsonNode choice = composition.resolve().json().at("/choices/0");
        assertThat(choice.get("provider").asString()).isEqualTo("blogs/memcached");
        assertThat(choice.get("alternatives").toString()).isEqualTo("[\"blogs/redis\"]");
        assertThat(choice.get("cause").asString()).isEqualTo("code_order");
        assertThat(why(composition, "blogs/picky")).endsWith("nothing in it needs blogs/picky.");
    }

    @Test
    void why_names_an_optional_requirement_that_brings_nothing_in() {
        catalogue.publish("blogs/traces", "1.0.0").publish("blogs/traced", "1.0.0", """
                "requirements": [{"name": "tracing", "capability": "blogs/traces", "range": "^1.0.0", "strength": "optional"}]
                """);
        Composition composition = catalogue.compose("blog-traced", "blogs/traced");
        assertThat(why(composition, "blogs/traces"))
                .isEqualTo(
                        "blogs/traces is not part of the solution: the requirement tracing of blogs/traced 1.0.0 names"
                                + " it, but is optional and brings nothing in.");
    }

    @Test
    void an_alternative_that_the_draft_itself_rules_out_is_told_to_be_ruled_out_by_it() {
        Composition composition = catalogue.compose("ruled-out", "blogs/wordpress");
        composition.apply("{\"op\": \"exclude\", \"capability\": \"blogs/memcached\"}");
        assertThat(why(composition, "blogs/memcached"))
                .isEqualTo(
                        "blogs/memcached is not part of the solution: the draft excludes it, although it could meet the"
                                + " requirement cache of blogs/wordpress.");
    }

    @Test
    void what_a_question_supposes_is_not_told_as_something_that_happened() {
        Composition composition = catalogue.compose("supposed", "blogs/wordpress");
        assertThat(changes(composition, "blogs/redis", "8.0.0"))
                .contains("blogs/redis 8.0.0 would be added: that is what was asked about.")
                .contains(
                        "blogs/memcached 1.6.0 would be removed: the requirement cache of blogs/wordpress would be met by"
                                + " blogs/redis.")
                .hasSize(2);
        Composition named = catalogue.compose("supposed-older", "blogs/redis");
        assertThat(changes(named, "blogs/redis", "7.2.5"))
                .containsExactly("blogs/redis would go down from 8.0.0 to 7.2.5: that is what was asked about.");
    }

    @Test
    void a_provider_that_is_there_anyway_or_named_first_or_locked_is_preferred_to_others() {
        Composition present = catalogue.compose("present", "blogs/wordpress", "blogs/redis");
        assertThat(why(present, "blogs/memcached")).contains("because blogs/redis is in the composition anyway");
        Composition first = catalogue.compose("first", "blogs/picky");
        assertThat(why(first, "blogs/memcached")).contains("because the requirement names it first");
        present.freeze();
        present.apply("{\"op\": \"remove_member\", \"capability\": \"blogs/redis\"}");
        assertThat(why(present, "blogs/memcached")).contains("because the previous revision has it");
    }

    @Test
    void of_a_service_it_is_told_who_needs_it_and_who_provides_it_and_why_that_one() {
        catalogue
                .publish("asked-a", "1.0.0", provides("asked.store", "1.2.0"))
                .publish("asked-b", "1.0.0", provides("asked.store", "1.0.0"))
                .publish(
                        "asked-app",
                        "1.0.0",
                        "\"requirements\": [{\"service\": \"asked.store\", \"range\": \"^1.0.0\"}]")
                .publish("asked-other", "1.0.0");
        Composition composition = catalogue.compose("asking", "asked-app");

        assertThat(why(composition, "asked.store"))
                .isEqualTo(
                        "asked-app 1.0.0 needs service asked.store ^1.0.0 for asked.store, which asked-a 1.0.0 provides in"
                                + " version 1.2.0; not asked-b, because it comes before asked-b in the alphabet and nothing else"
                                + " sets them apart.");
        composition.apply(
                "{\"op\": \"require_service\", \"service\": \"asked.store\", \"range\": \">=1.1.0\"}",
                "{\"op\": \"remove_member\", \"capability\": \"asked-app\"}");
        assertThat(why(composition, "asked.store"))
                .isEqualTo(
                        "The draft asks for service asked.store >=1.1.0, which asked-a 1.0.0 provides in version 1.2.0;"
                                + " nothing else that may be taken does.");
        assertThat(why(catalogue.compose("not-asking", "asked-other"), "asked.store"))
                .isEqualTo("asked.store is a service, and nothing that was chosen needs it. It is provided by asked-a,"
                        + " asked-b.");
    }

    @Test
    void no_pre_release_is_suggested_in_the_place_of_a_release() {
        catalogue.publish("near-lib", "3.1.0").publish("near-lib", "3.2.0-alpha.1");
        Composition composition = catalogue.compose("near", "near-lib");

        assertThat(composition
                        .ask("/why", "{\"capability\": \"near-lib\", \"version\": \"9.0.0\"}")
                        .json()
                        .get("sentence")
                        .asString())
                .endsWith("There is no near-lib 9.0.0 (expected: a version of near-lib, such as 3.1.0).");
    }

    @Test
    void needs_of_a_service_that_one_provider_meets_are_told_together() {
        catalogue
                .publish("several-a", "1.0.0", Catalogue.provides("several.store", "1.2.0"))
                .publish("several-x", "1.0.0", "\"requirements\": [{\"service\": \"several.store\"}]")
                .publish("several-y", "1.0.0", "\"requirements\": [{\"service\": \"several.store\"}]");
        Composition composition = catalogue.compose("several", "several-x", "several-y");

        assertThat(why(composition, "several.store"))
                .isEqualTo(
                        "several-a 1.0.0 provides several.store in version 1.2.0; nothing else that may be taken does. It meets"
                                + " 2 needs: several-x 1.0.0 needs service several.store for several.store, several-y 1.0.0 needs"
                                + " service several.store for several.store.");
    }

    @Test
    void a_provider_that_would_come_first_and_cannot_be_is_explained_by_a_derivation() {
        Composition composition = catalogue.compose("infeasible", "blogs/wordpress");
        catalogue.publish("blogs/old", "1.0.0", "\"conflicts\": [{\"capability\": \"blogs/memcached\"}]");
        composition.apply("{\"op\": \"add_member\", \"capability\": \"blogs/old\"}");
        JsonNode answer =
                composition.ask("/why", "{\"capability\": \"blogs/memcached\"}").json();
        assertThat(answer.get("sentence").asString()).contains("blogs/memcached cannot be had together with the rest.");
        assertThat(answer.get("verdict").asString()).isEqualTo("impossible");
        assertThat(answer.at("/explanation/prose").asString()).contains("blogs/old");
    }

    @Test
    void a_version_or_revision_that_does_not_exist_is_answered_with_those_that_do() {
        Composition composition = catalogue.compose("numbered", "blogs/redis");
        assertThat(composition
                        .ask("/why", "{\"capability\": \"blogs/redis\", \"version\": \"7.9.9\"}")
                        .json()
                        .get("sentence")
                        .asString())
                .endsWith("There is no blogs/redis 7.9.9 (expected: a version of blogs/redis, such as 7.2.5, 8.0.0).");
        assertThat(catalogue
                        .reader()
                        .get("/api/v1/capabilities/blogs%2Fredis/versions/7.9.9")
                        .text())
                .contains("a version of blogs/redis, such as 7.2.5, 8.0.0");
        assertThat(catalogue
                        .reader()
                        .get("/api/v1/capabilities/blogs%2Fredis/dependencies?version=7.9.9")
                        .text())
                .contains("a version of blogs/redis, such as 7.2.5, 8.0.0");
        assertThat(composition.read("/revisions/1").text()).contains("a revision of numbered, which was never frozen");
        composition.freeze();
        assertThat(composition.read("/revisions/2").text()).contains("a revision of numbered: 1");
        assertThat(composition.read("/revisions/2/bundle").text()).contains("a revision of numbered: 1");
    }

    @Test
    void a_pin_to_a_version_that_does_not_exist_is_refused_with_those_around_it() {
        Composition composition = catalogue.compose("pinned", "blogs/redis");
        Answer answer =
                composition.tryToApply("{\"op\": \"pin\", \"capability\": \"blogs/redis\", \"version\": \"7.9.9\"}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("version.unknown");
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("operations[0].version");
        assertThat(answer.json().at("/errors/0/expected").asString())
                .isEqualTo("a version of blogs/redis, such as 7.2.5, 8.0.0");
        composition.apply("{\"op\": \"pin\", \"capability\": \"blogs/redis\", \"version\": \"7.2.5\"}");
    }

    @Test
    void to_free_what_nothing_knows_is_refused_and_a_name_without_its_publisher_is_guessed() {
        Composition composition = catalogue.compose("freed", "blogs/redis");
        Answer answer = composition.ask("/resolve", "{\"update\": [\"nope-nope-nope\", \"redis\"]}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("capability.unknown");
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("update[0]");
        assertThat(answer.json().at("/errors/1/expected").asString()).contains("did you mean blogs/redis?");
        assertThat(composition
                        .ask("/why", "{\"capability\": \"blogs/redis\", \"options\": {\"update\": [\"blogs/redsi\"]}}")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("options.update[0]");
    }

    @Test
    void only_an_unknown_capability_that_is_like_a_known_one_is_answered_with_more_than_what_it_should_be() {
        // `apg` reads the semicolon: where there is none it leads to the search.
        assertThat(expectedInsteadOf("blogs/wordperss")).isEqualTo("a known capability; did you mean blogs/wordpress?");
        assertThat(expectedInsteadOf("cache")).isEqualTo("a known capability; cache is a service");
        assertThat(expectedInsteadOf("zeppelin")).isEqualTo("a known capability");
    }

    private String expectedInsteadOf(String code) {
        return catalogue
                .reader()
                .get("/api/v1/capabilities/" + code.replace("/", "%2F"))
                .json()
                .at("/errors/0/expected")
                .asString();
    }

    @Test
    void ranges_of_a_whole_document_that_no_version_is_in_are_warned_of_wherever_they_stand() {
        catalogue.compose("ranged-whole");
        Answer replaced = catalogue.reader().with("If-Match", "*").put("/api/v1/compositions/ranged-whole/draft", """
                        {"format": "apg.composition/1", "composition": "ranged-whole",
                         "members": [{"capability": "blogs/redis", "range": "^77.0.0"}],
                         "services": [{"service": "cache", "range": "^88.0.0"}],
                         "exclusions": [{"capability": "blogs/memcached", "range": "^1.0.0"},
                                        {"capability": "blogs/memcached", "range": "^99.0.0"}]}
                        """);
        assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
        assertThat(replaced.json().get("warnings").valueStream())
                .extracting(warning -> warning.get("field").asString())
                .containsExactly("members[0].range", "services[0].range", "exclusions[1].range");
    }

    @Test
    void a_composition_that_is_not_there_comes_with_the_nearest_one() {
        catalogue.compose("storefront");
        Answer answer = catalogue.reader().get("/api/v1/compositions/storefrotn/draft");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("composition.not_found");
        assertThat(answer.text()).contains("did you mean storefront?");
    }

    @Test
    void the_reason_of_a_state_is_told_wherever_the_version_is_spoken_of() {
        catalogue.publish("log", "1.0.0").publish("log", "1.1.0");
        Composition composition = catalogue.compose("logging", "log").freeze();
        catalogue.state("log", "1.1.0", "yanked");

        assertThat(composition
                        .read("/revisions/1")
                        .json()
                        .at("/changed/0/reason")
                        .asString())
                .isEqualTo("a test");
        assertThat(composition
                        .read("/revisions/1")
                        .json()
                        .at("/changed/0/sentence")
                        .asString())
                .isEqualTo("log 1.1.0 is yanked (a test): new resolutions do not take it.");
        assertThat(composition
                        .resolve()
                        .json()
                        .at("/entries/0/held_back/sentence")
                        .asString())
                .isEqualTo("log is not 1.1.0: it is yanked (a test), which the policy does not accept.");
        assertThat(composition
                        .read("/diff?from=1")
                        .json()
                        .at("/versions/0/sentence")
                        .asString())
                .contains("1.1.0 is yanked: a test");

        composition.apply("{\"op\": \"set_policy\", \"policy\": {\"accept\": [\"yanked\"]}}");
        assertThat(composition.resolve().json().at("/entries/0/state_reason").asString())
                .isEqualTo("a test");
        assertThat(composition.validate().text()).contains("log 1.1.0 is yanked: a test.");
        assertThat(why(composition, "log")).contains("It is yanked: a test.");
    }

    @Test
    void what_the_policy_accepts_is_no_reason_in_a_diff_of_revisions_beside_one_that_is() {
        catalogue.publish("sluice", "1.0.0").publish("sluice", "1.1.0");
        catalogue.publish("gutter", "1.0.0").publish("gutter", "1.1.0");
        catalogue
                .publish("drain-a", "1.0.0", provides("drain", "1.0.0"))
                .publish("drain-b", "1.0.0", provides("drain", "1.0.0"))
                .publish("basin", "1.0.0", "\"requirements\": [{\"name\": \"outlet\", \"service\": \"drain\"}]");
        Composition composition = catalogue
                .compose("waterworks", "sluice@^1.0.0", "gutter@^1.0.0", "basin")
                .freeze();
        catalogue.state("sluice", "1.1.0", "deprecated");
        catalogue.state("gutter", "1.1.0", "deprecated");
        catalogue.state("drain-a", "1.0.0", "deprecated");
        composition
                .apply(
                        "{\"op\": \"set_range\", \"capability\": \"sluice\", \"range\": \"~1.0.0\"}",
                        "{\"op\": \"exclude\", \"capability\": \"drain-a\"}")
                .freeze();

        assertThat(composition.read("/diff?from=1&to=2").json().get("versions").findValuesAsString("sentence"))
                .containsExactly(
                        "drain-a 1.0.0 was removed: the requirement outlet of basin is met now by drain-b.",
                        "drain-b 1.0.0 was added: the draft excludes drain-a 1.0.0, which met the requirement outlet of basin.",
                        "sluice went down from 1.1.0 to 1.0.0: the draft asks for ~1.0.0 instead of ^1.0.0.");

        composition
                .apply("{\"op\": \"set_policy\", \"policy\": {\"accept\": []}}")
                .freeze();

        assertThat(composition.read("/diff?from=2&to=3").json().get("versions").findValuesAsString("sentence"))
                .containsExactly(
                        "gutter went down from 1.1.0 to 1.0.0: 1.1.0 was deprecated: a test; the draft's policy changed.");
    }

    @Test
    void a_diff_of_revisions_tells_how_a_version_stood_when_it_was_left_and_not_what_became_of_it() {
        catalogue.publish("cron", "1.0.0").publish("cron", "1.1.0");
        catalogue.publish("mail", "1.0.0").publish("mail", "1.1.0");
        Composition composition =
                catalogue.compose("nightly", "cron", "mail@^1.0.0").freeze();
        catalogue.state("cron", "1.1.0", "yanked");
        composition.apply("{\"op\": \"set_range\", \"capability\": \"mail\", \"range\": \"~1.0.0\"}");
        composition.freeze();
        catalogue.state("cron", "1.1.0", "published");
        catalogue.state("mail", "1.1.0", "yanked");
        composition.apply("{\"op\": \"add_member\", \"capability\": \"blogs/redis\"}");
        composition.freeze();

        for (String to : List.of("2", "3")) {
            List<String> sentences = composition
                    .read("/diff?from=1&to=" + to)
                    .json()
                    .get("versions")
                    .valueStream()
                    .map(change -> change.get("sentence").asString())
                    .toList();
            assertThat(sentences)
                    .contains(
                            "cron went down from 1.1.0 to 1.0.0: 1.1.0 was yanked: a test.",
                            "mail went down from 1.1.0 to 1.0.0: the draft asks for ~1.0.0 instead of ^1.0.0.");
        }
    }

    private static List<String> changes(Composition composition, String capability, String version) {
        return composition
                .ask("/why", "{\"capability\": \"%s\", \"version\": \"%s\"}".formatted(capability, version))
                .json()
                .get("changes")
                .valueStream()
                .map(change -> change.get("sentence").asString())
                .toList();
    }

    private static String why(Composition composition, String capability) {
        Answer answer = composition.ask("/why", "{\"capability\": \"%s\"}".formatted(capability));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("sentence").asString();
    }
}
