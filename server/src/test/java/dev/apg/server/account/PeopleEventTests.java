package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What the event log says of people and machines, and to whom. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleEventTests {
    private static final Set<String> OF_PEOPLE = Set.of("account", "session", "personal_token");
    private static final Set<String> OF_MACHINES = Set.of("token", "client", "pipeline");

    @AutoClose
    private final TestServer server = TestServer.start();

    private final People people = People.in(server);

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
    }

    /** Of each kind one event at least. */
    private void happen() {
        TestClient administrator = people.administrator();
        String ada = people.join("ada@example.com", "observer");
        TestClient browser = people.browser("ada@example.com");
        done(browser.post("/api/v1/me/tokens", Map.of("label", "secretive-laptop")));
        done(administrator.post("/api/v1/clients", Map.of("label", "secretive-billing", "role", "observer")));
        done(administrator.post("/api/v1/tokens", Map.of("label", "secretive-nightly", "role", "observer")));
        done(administrator.post(
                "/api/v1/pipelines",
                Map.of(
                        "label",
                        "secretive-ci",
                        "issuer",
                        "https://token.actions.githubusercontent.com",
                        "claims",
                        Map.of("repository", "acme/payments"),
                        "capabilities",
                        List.of("payments"))));
        done(administrator.with("If-Match", "*").patch(ada, Map.of("disabled", true)));
    }

    private TestClient with(String code, String... permissions) {
        done(people.administrator().post("/api/v1/roles", Map.of("code", code, "permissions", List.of(permissions))));
        Answer issued = people.administrator().post("/api/v1/tokens", Map.of("label", code, "role", code));
        done(issued);
        return server.client(issued.json().get("text").asString());
    }

    private static List<JsonNode> events(TestClient reader) {
        return reader.get("/api/v1/events?limit=100")
                .json()
                .get("items")
                .valueStream()
                .toList();
    }

    /** Kinds of which the reader is told more than that something happened. */
    private static Set<String> told(TestClient reader) {
        return events(reader).stream()
                .filter(event -> !event.get("subject").asString().isEmpty())
                .map(event -> event.get("subject_kind").asString())
                .collect(Collectors.toSet());
    }

    @Test
    void who_may_not_list_them_learns_no_address_and_no_label() {
        happen();
        TestClient observer = with("onlooker", "catalog:read");
        TestClient ofPeople = with("people_keeper", "catalog:read", "account:administer");
        TestClient ofMachines = with("machine_keeper", "catalog:read", "token:administer");
        var all = new HashSet<>(OF_PEOPLE);
        all.addAll(OF_MACHINES);

        assertThat(told(people.administrator())).containsAll(all);
        assertThat(told(observer)).doesNotContainAnyElementsOf(all).contains("role");
        assertThat(observer.get("/api/v1/events?limit=100").text())
                .doesNotContain("ada@example.com", "secretive")
                .contains("account.disabled", "token.issued", "client.created", "session.ended");
        assertThat(told(ofPeople)).containsAll(OF_PEOPLE).doesNotContainAnyElementsOf(OF_MACHINES);
        assertThat(told(ofMachines)).containsAll(OF_MACHINES).doesNotContainAnyElementsOf(OF_PEOPLE);
    }

    @Test
    void what_is_hidden_keeps_its_place_and_its_time() {
        people.invite("bob@example.com", "observer");
        List<JsonNode> hidden = events(with("reader", "catalog:read"));
        List<JsonNode> shown = events(people.administrator());
        assertThat(hidden).hasSameSizeAs(shown);
        for (int i = 0; i < hidden.size(); i++) {
            for (String kept : List.of("cursor", "type", "at")) {
                assertThat(hidden.get(i).get(kept)).isEqualTo(shown.get(i).get(kept));
            }
        }
    }
}
