package dev.apg.server.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompositionTests {
    private static final String LIST = "/api/v1/compositions";

    @AutoClose
    private final TestServer server = TestServer.start();

    private TestClient designer;

    @BeforeAll
    void start() {
        designer = server.client();
    }

    @Test
    void a_composition_is_created_empty_from_its_code_and_type() {
        Answer created = designer.post(LIST, Map.of("code", "Web-Shop", "type", "microservice", "owner", "team-a"));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).contains("/api/v1/compositions/web-shop");
        assertThat(created.header("X-APG-Seq")).isPresent();
        JsonNode found = designer.get(LIST + "/web-shop").json();
        assertThat(found.get("type").asString()).isEqualTo("microservice");
        assertThat(found.get("draft_number").asLong()).isZero();
        assertThat(found.has("head")).isFalse();
        assertThat(designer.get(LIST + "/web-shop/draft").header("ETag")).contains("\"0\"");
    }

    @Test
    void a_draft_that_is_replaced_tells_which_describing_fields_its_document_changed() {
        designer.post(LIST, Map.of("code", "renamed", "display_name", "Before", "type", "hybrid"));

        JsonNode replaced = designer.with("If-Match", "\"0\"")
                .put(LIST + "/renamed/draft", """
                        {"format": "apg.composition/1", "composition": "renamed", "display_name": "After", "type": "hybrid"}
                        """)
                .json();

        assertThat(replaced.get("described").toString())
                .isEqualTo("[{\"field\":\"display_name\",\"from\":\"Before\",\"to\":\"After\"}]");
        assertThat(designer.with("If-Match", "*")
                        .put(LIST + "/renamed/draft", """
                        {"format": "apg.composition/1", "composition": "renamed", "display_name": "After"}
                        """)
                        .json()
                        .get("described"))
                .isEmpty();
    }

    @Test
    void a_composition_is_created_from_a_whole_document() {
        Answer created = designer.post(LIST, """
                {"format": "apg.composition/1", "composition": "whole", "display_name": "Whole", "type": "hybrid",
                 "policy": {"objective": "fewest", "accept": ["yanked"]}}
                """);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().get("display_name").asString()).isEqualTo("Whole");
        assertThat(created.json().get("draft_number").asLong()).isEqualTo(1);
        JsonNode draft = designer.get(LIST + "/whole/draft").json();
        assertThat(draft.at("/policy/objective").asString()).isEqualTo("fewest");
        assertThat(draft.at("/policy/accept").toString()).isEqualTo("[\"yanked\"]");
    }

    @Test
    void a_code_that_is_taken_is_a_conflict() {
        designer.post(LIST, Map.of("code", "taken"));
        Answer again = designer.post(LIST, Map.of("code", "TAKEN"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("composition.exists");
    }

    @Test
    void what_cannot_be_a_composition_is_refused_by_name() {
        Answer code = designer.post(LIST, Map.of("code", "a/b"));
        assertThat(code.status()).isEqualTo(422);
        assertThat(code.text()).contains("\"code\"", "a/b");
        assertThat(designer.post(LIST, "{\"code\": \"x\", \"colour\": \"red\"}").status())
                .isBetween(400, 422);
        assertThat(designer.post(LIST, "{}").status()).isBetween(400, 422);
        assertThat(designer.post(LIST, Map.of("code", "x", "type", "huge")).status())
                .isBetween(400, 422);
        Answer nul = designer.post(LIST, "{\"code\": \"x\", \"description\": \"a\\u0000b\"}");
        assertThat(nul.status()).isBetween(400, 422);
    }

    @Test
    void the_list_is_filtered_and_paged_by_code() {
        for (int i = 0; i < 5; i++) {
            designer.post(LIST, Map.of("code", "page-" + i, "type", "enterprise", "owner", "team-" + i % 2));
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonNode page = designer.get(LIST + "?prefix=Page-&limit=2" + next).json();
            assertThat(page.get("total_count").asInt()).isEqualTo(5);
            page.get("items").forEach(item -> seen.add(item.get("code").asString()));
            next = page.has("next_cursor")
                    ? "&cursor=" + page.get("next_cursor").asString()
                    : null;
        }
        assertThat(seen).containsExactly("page-0", "page-1", "page-2", "page-3", "page-4");
        assertThat(codes("?prefix=page-&owner=team-1&type=enterprise")).containsExactly("page-1", "page-3");
        assertThat(codes("?prefix=page-&type=custom")).isEmpty();
        assertThat(designer.get(LIST + "?type=nonsense").status()).isEqualTo(400);
    }

    private List<String> codes(String query) {
        List<String> codes = new ArrayList<>();
        designer.get(LIST + query)
                .json()
                .get("items")
                .forEach(item -> codes.add(item.get("code").asString()));
        return codes;
    }

    @Test
    void describing_needs_the_present_edition_and_leaves_the_rest() {
        Answer created = designer.post(LIST, Map.of("code", "described", "owner", "team-a"));
        String tag = created.header("ETag").orElseThrow();
        String path = LIST + "/described";
        assertThat(designer.patch(path, Map.of("display_name", "New")).status()).isEqualTo(428);
        Answer changed = designer.with("If-Match", tag).patch(path, Map.of("display_name", "New"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("owner").asString()).isEqualTo("team-a");
        assertThat(changed.json().get("display_name").asString()).isEqualTo("New");
        Answer stale = designer.with("If-Match", tag).patch(path, Map.of("display_name", "Newer"));
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.problem()).isEqualTo("precondition.failed");
    }

    @Test
    void one_that_was_never_frozen_can_be_deleted() {
        designer.post(LIST, Map.of("code", "short-lived"));
        operations("short-lived", "{\"op\": \"set_policy\", \"policy\": {\"prereleases\": true}}");
        String tag = designer.get(LIST + "/short-lived").header("ETag").orElseThrow();
        assertThat(designer.with("If-Match", tag).delete(LIST + "/short-lived").status())
                .isEqualTo(204);
        assertThat(designer.get(LIST + "/short-lived").problem()).isEqualTo("composition.not_found");
        assertThat(designer.get(LIST + "/short-lived/draft").status()).isEqualTo(404);
    }

    @Test
    void writers_of_one_draft_get_numbers_without_a_gap() throws Exception {
        designer.post(LIST, Map.of("code", "crowded"));
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> tasks = IntStream.range(0, 20)
                    .mapToObj(i -> (Callable<Answer>) () -> operations(
                            "crowded",
                            "{\"op\": \"set_policy\", \"policy\": {\"prereleases\": %s}}".formatted(i % 2 == 0)))
                    .toList();
            for (Future<Answer> answer : pool.invokeAll(tasks)) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
        List<Long> numbers = new ArrayList<>();
        JsonNode operations =
                designer.get(LIST + "/crowded/draft/operations?limit=500").json();
        operations
                .get("operations")
                .forEach(each -> numbers.add(each.get("number").asLong()));
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, 20).mapToObj(Long::valueOf).toList());
        assertThat(operations.get("draft_number").asLong()).isEqualTo(20);
    }

    @Test
    void an_operation_about_what_others_changed_since_is_refused() {
        designer.post(LIST, Map.of("code", "based"));
        operations("based", "{\"op\": \"set_policy\", \"policy\": {\"prereleases\": true}}");
        String late = "{\"based_on\": 0, \"operations\": [{\"op\": \"set_policy\", \"policy\": {}}]}";
        Answer refused = designer.post(LIST + "/based/draft/operations", late);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("draft.changed");
        assertThat(refused.json().get("detail").asString()).contains("operation 1", "set_policy");
        Answer ahead = designer.post(LIST + "/based/draft/operations", late.replace("0", "7"));
        assertThat(ahead.problem()).isEqualTo("draft.based_on");
    }

    @Test
    void the_whole_draft_is_replaced_only_from_the_number_that_was_seen() {
        designer.post(LIST, Map.of("code", "replaced"));
        String document = """
                {"format": "apg.composition/1", "composition": "replaced", "description": "new",
                 "policy": {"objective": "cheapest"}}
                """;
        String path = LIST + "/replaced/draft";
        assertThat(designer.put(path, document).status()).isEqualTo(428);
        Answer first = designer.with("If-Match", "\"0\"").put(path, document);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("ETag")).contains("\"1\"");
        assertThat(designer.with("If-Match", "\"0\"").put(path, document).status())
                .isEqualTo(412);
        assertThat(designer.with("If-Match", "\"1\"").put(path, document).header("ETag"))
                .as("the same again changes nothing")
                .contains("\"1\"");
        assertThat(designer.get(LIST + "/replaced").json().get("description").asString())
                .isEqualTo("new");
        Answer other = designer.with("If-Match", "\"1\"").put(path, document.replace("replaced", "else"));
        assertThat(other.problem()).isEqualTo("draft.other_composition");
    }

    @Test
    void every_change_is_an_event_and_an_audit_entry() throws Exception {
        String before = designer.post(LIST, Map.of("code", "logged"))
                .header("X-APG-Seq")
                .orElseThrow();
        operations("logged", "{\"op\": \"set_policy\", \"policy\": {\"objective\": \"fewest\"}}");
        JsonNode event = designer.get("/api/v1/events?after=" + before)
                .json()
                .get("items")
                .get(0);
        assertThat(event.get("type").asString()).isEqualTo("draft.changed");
        assertThat(event.get("subject").asString()).isEqualTo("logged");
        assertThat(event.at("/data/number").asLong()).isEqualTo(1);
        assertThat(event.at("/data/op").asString()).isEqualTo("set_policy");
        try (var connection = server.database().superuser();
                var rows = connection.createStatement().executeQuery("""
                                SELECT before ->> 'objective', after ->> 'objective' FROM audit_entry
                                WHERE action = 'draft.changed' AND target = 'logged'
                                """)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("newest");
            assertThat(rows.getString(2)).isEqualTo("fewest");
        }
    }

    @Test
    void who_may_only_read_cannot_write() {
        designer.post(LIST, Map.of("code", "guarded"));
        TestClient observer = client("observer");
        assertThat(observer.get(LIST + "/guarded").status()).isEqualTo(200);
        Map<String, Answer> refused = new HashMap<>();
        refused.put("create", observer.post(LIST, Map.of("code", "mine")));
        refused.put("describe", observer.with("If-Match", "*").patch(LIST + "/guarded", Map.of("owner", "me")));
        refused.put("delete", observer.with("If-Match", "*").delete(LIST + "/guarded"));
        refused.put(
                "apply",
                observer.post(
                        LIST + "/guarded/draft/operations",
                        "{\"operations\": [{\"op\": \"set_policy\", \"policy\": {}}]}"));
        refused.put("freeze", observer.with("If-Match", "*").post(LIST + "/guarded/revisions", Map.of()));
        refused.forEach((what, answer) -> {
            assertThat(answer.status()).as(what).isEqualTo(403);
            assertThat(answer.problem()).as(what).isEqualTo("permission.denied");
        });
        assertThat(client("composition_designer")
                        .post(LIST, Map.of("code", "designed"))
                        .status())
                .isEqualTo(201);
    }

    private TestClient client(String role) {
        Answer issued = designer.post("/api/v1/tokens", Map.of("label", role, "role", role));
        return server.client(issued.json().get("text").asString());
    }

    private Answer operations(String code, String... operations) {
        return designer.post(
                LIST + "/" + code + "/draft/operations",
                "{\"operations\": [%s]}".formatted(String.join(", ", operations)));
    }

    @Test
    void a_composition_tells_what_became_of_what_its_draft_names() {
        Catalogue catalogue = new Catalogue(server.client());
        catalogue.publish("fading", "1.0.0").publish("leaking", "1.0.0").publish("lasting", "1.0.0");
        Catalogue.Composition composition = catalogue
                .compose("become", "fading", "lasting")
                .apply("{\"op\": \"pin\", \"capability\": \"leaking\", \"version\": \"1.0.0\"}");
        JsonNode before = composition.read("").json();
        assertThat(before.get("changed").isEmpty()).isTrue();
        assertThat(before.get("ended").isEmpty()).isTrue();

        catalogue.status("fading", "deprecated");
        catalogue.state("leaking", "1.0.0", "yanked");

        JsonNode after = composition.read("").json();
        assertThat(after.get("changed").toString())
                .isEqualTo(
                        "[{\"capability\":\"leaking\",\"version\":\"1.0.0\",\"state\":\"yanked\",\"reason\":\"a test\","
                                + "\"sentence\":\"leaking 1.0.0 is yanked (a test): new resolutions do not take it.\"}]");
        assertThat(after.get("ended").toString())
                .isEqualTo(
                        "[{\"capability\":\"fading\",\"status\":\"deprecated\",\"sentence\":\"fading is deprecated.\"}]");
    }
}
