package dev.apg.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantSettingsTests {
    private static final String PATH = "/api/v1/tenant/settings";

    @AutoClose
    private final TestServer server = TestServer.start();

    private TestClient client;

    @BeforeEach
    void start() {
        client = TestTenant.in(server).client();
    }

    private Answer change(String body) {
        return client.with("If-Match", "*").put(PATH, body);
    }

    @Test
    void a_tenant_that_has_said_nothing_works_as_the_installation() {
        Answer shown = client.get(PATH);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.header("ETag")).contains("\"0\"");
        assertThat(shown.json().has("audit_retention_days")).isFalse();
        assertThat(shown.json().has("resolution_policy")).isFalse();
        assertThat(shown.json().at("/in_effect/resolution_policy/objective").asString())
                .isEqualTo("newest");
        assertThat(shown.json().get("in_effect").has("audit_retention_days")).isFalse();
    }

    @Test
    void an_administrator_says_it_all_at_once_and_it_is_written_down() {
        Answer said = change("{\"audit_retention_days\": 400, \"resolution_policy\": {\"objective\": \"fewest\"}}");
        assertThat(said.status()).as(said.text()).isEqualTo(200);
        assertThat(said.header("ETag")).contains("\"1\"");
        assertThat(client.get(PATH).json()).isEqualTo(said.json());

        Answer left = client.with("If-Match", "\"1\"").put(PATH, "{\"audit_retention_days\": 500}");
        assertThat(left.status()).isEqualTo(200);
        assertThat(left.json().has("resolution_policy")).isFalse();
        assertThat(client.with("If-Match", "\"1\"").put(PATH, "{}").status()).isEqualTo(412);
        assertThat(client.put(PATH, "{}").status()).isEqualTo(428);

        JsonNode entry = client.get("/api/v1/audit?action=tenant.settings_changed&limit=1")
                .json()
                .at("/items/0");
        assertThat(entry.at("/before/audit_retention_days").asInt()).isEqualTo(400);
        assertThat(entry.at("/after/audit_retention_days").asInt()).isEqualTo(500);
        assertThat(client.get("/api/v1/events").json().get("items").findValuesAsString("type"))
                .contains("tenant.settings_changed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"audit_retention_days\": 89} | 422 | audit_retention_days",
                "{\"audit_retention_days\": 36501} | 422 | audit_retention_days",
                "{\"audit_retention_days\": \"long\"} | 400 | audit_retention_days",
                "{\"resolution_policy\": {\"objective\": [\"fewest\", \"fewest\"]}} | 422 | resolution_policy.objective[1]",
                "{\"resolution_policy\": {\"objective\": [\"newest\", \"fewest\"]}} | 422 | resolution_policy.objective[0]",
                "{\"requests_per_minute\": 5} | 400 | requests_per_minute"
            })
    void what_cannot_be_is_refused_with_its_field(String body, int status, String field) {
        Answer refused = change(body);
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo(field);
        assertThat(client.get(PATH).header("ETag")).contains("\"0\"");
    }

    @Test
    void only_whoever_may_administer_the_tenant_changes_it_and_no_other_tenant_has_it() {
        String text = client.post("/api/v1/tokens", Map.of("label", "reader", "role", "registry_administrator"))
                .json()
                .get("text")
                .asString();
        TestClient reader = server.client(text);
        assertThat(reader.get(PATH).status()).isEqualTo(200);
        Answer denied = reader.with("If-Match", "*").put(PATH, "{}");
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.json().get("detail").asString()).contains("tenant:administer");
        assertThat(server.platform().get(PATH).status()).isEqualTo(403);

        TestClient neighbour = TestTenant.in(server).client();
        change("{\"audit_retention_days\": 400}");
        assertThat(neighbour.get(PATH).header("ETag")).contains("\"0\"");
    }

    @Test
    void of_those_who_change_it_at_once_one_wins() throws Exception {
        List<Callable<Integer>> changes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String body = "{\"audit_retention_days\": %d}".formatted(100 + i);
            changes.add(() -> client.with("If-Match", "\"0\"").put(PATH, body).status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(changes)) {
                statuses.add(done.get());
            }
        }
        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 412);
    }

    private String objective(String composition) {
        return client.get("/api/v1/compositions/%s/draft".formatted(composition))
                .json()
                .at("/policy/objective")
                .toString();
    }

    @Test
    void a_composition_that_names_no_policy_has_the_tenants_and_keeps_it() {
        String document = "{\"format\": \"apg.composition/1\", \"composition\": \"%s\"%s}";
        client.post("/api/v1/compositions", "{\"code\": \"before\"}");
        change("{\"resolution_policy\": {\"objective\": [\"minimal_change\", \"fewest\"], \"accept\": []}}");
        client.post("/api/v1/compositions", "{\"code\": \"empty\"}");
        client.post("/api/v1/compositions", document.formatted("whole", ""));
        client.post("/api/v1/compositions", document.formatted("own", ", \"policy\": {\"objective\": \"cheapest\"}"));

        assertThat(objective("before")).isEqualTo("\"newest\"");
        assertThat(objective("empty")).isEqualTo("[\"minimal_change\",\"fewest\"]");
        assertThat(objective("whole")).isEqualTo(objective("empty"));
        assertThat(objective("own")).isEqualTo("\"cheapest\"");
        TestClient any = client.with("If-Match", "*");
        Answer again = any.put("/api/v1/compositions/whole/draft", document.formatted("whole", ""));
        assertThat(again.json().get("draft_number").asInt())
                .as("the same document again")
                .isEqualTo(1);
        Answer resolved = client.post("/api/v1/resolve", "{\"document\": %s}".formatted(document.formatted("x", "")));
        assertThat(resolved.json().get("criteria").findValuesAsString("objective"))
                .containsExactly("minimal_change", "fewest");

        change("{}");
        assertThat(objective("empty")).isEqualTo("[\"minimal_change\",\"fewest\"]");
        String replace = "{\"operations\": [{\"op\": \"replace\", \"document\": %s}]}";
        client.post("/api/v1/compositions/empty/draft/operations", replace.formatted(document.formatted("empty", "")));
        assertThat(objective("empty")).isEqualTo("\"newest\"");
        assertThat(client.get("/api/v1/compositions/empty/draft/operations")
                        .json()
                        .at("/operations/0/operation/document/policy/objective")
                        .asString())
                .as("what it meant is kept with it")
                .isEqualTo("newest");
    }

    private static String resolvedBy(TestClient client) {
        Answer resolved = client.post(
                "/api/v1/resolve", "{\"document\": {\"format\": \"apg.composition/1\", \"composition\": \"x\"}}");
        assertThat(resolved.status()).as(resolved.text()).isEqualTo(200);
        return String.join(" ", resolved.json().path("criteria").findValuesAsString("objective"));
    }

    @Test
    void resolving_asks_no_more_for_a_policy_that_holds_and_no_node_keeps_one_that_does_not() throws Exception {
        TestServer other = TestServer.start(server.database(), server.dataDirectory(), settings -> settings);
        try {
            TestTenant tenant = TestTenant.in(server);
            client = tenant.client();
            TestClient elsewhere = tenant.client(other);
            change("{\"resolution_policy\": {\"objective\": \"fewest\"}}");
            assertThat(resolvedBy(client))
                    .as("at once on the node that was told")
                    .isEqualTo("fewest");
            for (String objective : List.of("cheapest", "minimal_change", "fewest")) {
                Answer changed = change("{\"resolution_policy\": {\"objective\": \"%s\"}}".formatted(objective));
                assertThat(resolvedBy(elsewhere.with(
                                "X-APG-Min-Seq", changed.header("X-APG-Seq").orElseThrow())))
                        .as("on another one as soon as its snapshot is as new")
                        .isEqualTo(objective);
                assertThat(resolvedBy(client)).isEqualTo(objective);
            }
            try (var connection = server.database().superuser();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE tenant_setting IN ACCESS EXCLUSIVE MODE");
                assertThat(resolvedBy(elsewhere)).isEqualTo("fewest");
                connection.rollback();
            }
        } finally {
            other.stop();
        }
    }
}
