package dev.apg.server.catalog;

import static dev.apg.server.catalog.CatalogRows.requires;
import static dev.apg.server.catalog.CatalogRows.requiresService;
import static dev.apg.server.catalog.CatalogRows.structure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.capability.Provision;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** web → cart → (service store) ← redis → disk, and disk → web: a circle. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelationTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private TestClient client;

    @BeforeAll
    void start() {
        TestTenant tenant = TestTenant.in(server);
        Cursor written = new CatalogRows(tenant).write(batch -> {
            List.of("web", "cart", "redis", "valkey", "disk", "lonely").forEach(batch::capability);
            batch.version("web", "1.0.0", structure(List.of(), requires("cart", "^1.0.0")));
            batch.version("web", "2.0.0", structure(List.of(), requires("cart", "^2.0.0")));
            batch.version("cart", "1.0.0", structure(List.of(), requires("redis", "^6.0.0")));
            batch.version("cart", "2.0.0", structure(List.of(), requiresService("store", "^1.0.0")));
            batch.version("redis", "7.0.0", structure(List.of(new Provision("store", "1.1.0")), requires("disk", "*")));
            batch.version("valkey", "8.0.0", structure(List.of(new Provision("store", "1.2.0"))));
            batch.version("disk", "1.0.0", structure(List.of(), requires("web", "*")));
            batch.version("lonely", "1.0.0");
        });
        client = tenant.client().with("X-APG-Min-Seq", written.toString());
    }

    private List<String> relations(String path) {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = client.get(path + (path.contains("?") ? "&" : "?") + "limit=2" + cursor)
                    .json();
            page.get("items")
                    .forEach(item -> seen.add("%s %s %s"
                            .formatted(
                                    item.get("depth").asInt(),
                                    item.get("kind").asString(),
                                    item.get("code").asString())));
            cursor = page.get("next_cursor") == null
                    ? null
                    : "&cursor=" + page.get("next_cursor").asString();
            assertThat(page.get("total_count").asInt()).isGreaterThanOrEqualTo(seen.size());
        }
        return seen;
    }

    @Test
    void dependencies_are_those_of_the_newest_or_the_named_version() {
        assertThat(relations("/api/v1/capabilities/cart/dependencies")).containsExactly("1 service store");
        assertThat(relations("/api/v1/capabilities/cart/dependencies?version=1.0.0"))
                .containsExactly("1 capability redis");
        assertThat(relations("/api/v1/capabilities/lonely/dependencies?transitive=true"))
                .isEmpty();
        assertThat(client.get("/api/v1/capabilities/cart/dependencies?version=9.9.9")
                        .problem())
                .isEqualTo("version.not_found");
        assertThat(client.get("/api/v1/capabilities/cart/dependencies?version=new")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void transitive_dependencies_go_through_every_provider_and_end_in_a_circle() {
        assertThat(relations("/api/v1/capabilities/web/dependencies?transitive=true"))
                .containsExactly(
                        "1 capability cart",
                        "2 service store",
                        "3 capability redis",
                        "3 capability valkey",
                        "4 capability disk");
    }

    @Test
    void dependents_are_found_directly_and_through_services_with_their_versions_and_ranges() {
        assertThat(relations("/api/v1/capabilities/redis/dependents")).containsExactly("1 capability cart");
        JsonNode edges = client.get("/api/v1/capabilities/redis/dependents")
                .json()
                .get("items")
                .get(0)
                .get("edges");
        assertThat(edges.valueStream()
                        .map(edge -> "%s %s %s %s"
                                .formatted(
                                        edge.get("to").get("kind").asString(),
                                        edge.get("to").get("code").asString(),
                                        edge.get("versions").get(0).asString(),
                                        edge.get("range").asString())))
                .containsExactlyInAnyOrder("service store 2.0.0 ^1.0.0", "capability redis 1.0.0 ^6.0.0");
        assertThat(relations("/api/v1/capabilities/redis/dependents?transitive=true"))
                .containsExactly("1 capability cart", "2 capability web", "3 capability disk");
        assertThat(relations("/api/v1/capabilities/valkey/dependents")).containsExactly("1 capability cart");
    }

    @Test
    void a_graph_reaches_as_far_as_it_is_asked_and_says_when_it_is_cut() {
        assertThat(nodes("/api/v1/graph?root=web&depth=1")).containsExactly("web", "cart");
        assertThat(nodes("/api/v1/graph?root=web&depth=3"))
                .containsExactlyInAnyOrder("web", "cart", "store", "redis", "valkey");
        assertThat(nodes("/api/v1/graph?root=redis&depth=2&direction=dependents"))
                .containsExactlyInAnyOrder("redis", "store", "cart");
        assertThat(nodes("/api/v1/graph")).contains("lonely", "store").hasSize(7);
        JsonNode cut = client.get("/api/v1/graph?root=web&depth=20&nodes=3").json();
        assertThat(cut.get("nodes").size()).isEqualTo(3);
        assertThat(cut.get("truncated").asBoolean()).isTrue();
        JsonNode whole = client.get("/api/v1/graph?root=web&depth=20").json();
        assertThat(whole.get("truncated").asBoolean()).isFalse();
        assertThat(whole.get("edges")
                        .valueStream()
                        .map(edge -> edge.get("from").get("code").asString() + " "
                                + edge.get("kind").asString() + " "
                                + edge.get("to").get("code").asString()))
                .containsExactlyInAnyOrder(
                        "web requires cart",
                        "cart requires store",
                        "redis provides store",
                        "valkey provides store",
                        "redis requires disk",
                        "disk requires web");
        assertThat(client.get("/api/v1/graph?root=absent").status()).isEqualTo(404);
        assertThat(client.get("/api/v1/graph?depth=21").status()).isEqualTo(400);
        assertThat(client.get("/api/v1/graph?direction=up").status()).isEqualTo(400);
    }

    @Test
    void a_graph_around_a_hub_is_cut_at_its_bound_while_the_list_counts_all() {
        TestTenant other = TestTenant.in(server);
        Cursor written = new CatalogRows(other).write(batch -> {
            batch.capability("hub");
            batch.version("hub", "1.0.0", structure(List.of(new Provision("store", "1.0.0"))));
            for (int i = 0; i < 30; i++) {
                batch.capability("user-" + i);
                batch.version("user-" + i, "1.0.0", structure(List.of(), requiresService("store", "*")));
            }
        });
        TestClient theirs = other.client().with("X-APG-Min-Seq", written.toString());

        JsonNode graph = theirs.get("/api/v1/graph?root=hub&direction=dependents&depth=20&nodes=10")
                .json();
        JsonNode list = theirs.get("/api/v1/capabilities/hub/dependents?transitive=true&limit=10")
                .json();

        assertThat(graph.get("nodes").size()).isEqualTo(10);
        assertThat(graph.get("truncated").asBoolean()).isTrue();
        assertThat(list.get("items").size()).isEqualTo(10);
        assertThat(list.get("total_count").asInt()).isEqualTo(30);
    }

    private List<String> nodes(String path) {
        return client.get(path)
                .json()
                .get("nodes")
                .valueStream()
                .map(node -> node.get("code").asString())
                .toList();
    }

    @Test
    void a_service_names_its_providers_and_in_which_version_they_provide_it() {
        JsonNode list = client.get("/api/v1/services?prefix=st").json();
        assertThat(list.get("total_count").asInt()).isEqualTo(1);
        assertThat(list.get("items").get(0).get("provider_count").asInt()).isEqualTo(2);
        JsonNode page = client.get("/api/v1/services/store?limit=1").json().get("providers");
        assertThat(page.get("items").get(0).get("capability").asString()).isEqualTo("redis");
        JsonNode second = client.get("/api/v1/services/store?limit=1&cursor="
                        + page.get("next_cursor").asString())
                .json()
                .get("providers");
        JsonNode valkey = second.get("items").get(0);
        assertThat(valkey.get("capability").asString()).isEqualTo("valkey");
        assertThat(valkey.get("provisions").get(0).get("service_version").asString())
                .isEqualTo("1.2.0");
        assertThat(second.get("next_cursor")).isNull();
        assertThat(client.get("/api/v1/services/absent").problem()).isEqualTo("service.not_found");
    }
}
