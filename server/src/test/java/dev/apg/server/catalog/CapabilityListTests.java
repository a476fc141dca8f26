package dev.apg.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.capability.Provision;
import dev.apg.server.catalog.CatalogRows.About;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CapabilityListTests {
    private static final int COUNT = 1_300;
    private static final List<String> CATEGORIES = List.of("commerce", "data", "messaging");
    private static final List<String> STATUSES = List.of("active", "deprecated", "registered");

    @AutoClose
    private final TestServer server = TestServer.start();

    private TestTenant tenant;
    private CatalogRows rows;
    private TestClient client;
    private final List<String> codes = new ArrayList<>();

    @BeforeAll
    void start() {
        tenant = TestTenant.in(server);
        rows = new CatalogRows(tenant);
        var random = new Random(7);
        Cursor written = rows.write(batch -> {
            for (int i = 0; i < COUNT; i++) {
                String code = "%s-%04d".formatted(Integer.toString(random.nextInt(36), 36), i);
                codes.add(code);
                batch.capability(
                        code,
                        new About(
                                "Name " + random.nextInt(100),
                                "",
                                CATEGORIES.get(i % 3),
                                "team-" + i % 7,
                                i % 2 == 0 ? List.of("even", "a,b") : List.of("odd"),
                                List.of(),
                                STATUSES.get(i % 3)));
            }
            batch.version(codes.get(5), "1.0.0", CatalogRows.structure(List.of(new Provision("cart-store", "1.2.0"))));
        });
        client = tenant.client().with("X-APG-Min-Seq", written.toString());
    }

    private List<JsonNode> all(String query) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            Answer answer = client.get("/api/v1/capabilities?limit=100&" + query + cursor);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            JsonNode page = answer.json();
            page.get("items").forEach(items::add);
            assertThat(page.get("items").size()).isLessThanOrEqualTo(100);
            JsonNode next = page.get("next_cursor");
            cursor = next == null ? null : "&cursor=" + next.asString();
            if (next == null) {
                assertThat(page.get("total_count").asInt()).isEqualTo(items.size());
            }
        } while (cursor != null);
        return items;
    }

    private static List<String> texts(List<JsonNode> items, String field) {
        return items.stream().map(item -> item.get(field).asString()).toList();
    }

    @Test
    void every_order_shows_every_capability_exactly_once_and_in_order() {
        for (String key : List.of("code", "display_name", "created_at", "updated_at")) {
            List<JsonNode> up = all("sort=" + key);
            List<JsonNode> down = all("sort=-" + key);
            assertThat(texts(up, "code")).as(key).containsExactlyInAnyOrderElementsOf(codes);
            assertThat(texts(down, "code")).as(key).isEqualTo(texts(up.reversed(), "code"));
        }
        assertThat(texts(all(""), "code")).isEqualTo(codes.stream().sorted().toList());
        assertThat(texts(all("sort=display_name"), "display_name"))
                .isSortedAccordingTo(Comparator.comparing((String name) -> name));
    }

    @Test
    void filters_of_one_kind_widen_and_of_different_kinds_narrow() {
        assertThat(all("category=data"))
                .hasSize(IntStream.range(0, COUNT).filter(i -> i % 3 == 1).toArray().length);
        assertThat(all("category=data&category=commerce&sort=-updated_at"))
                .hasSize(IntStream.range(0, COUNT).filter(i -> i % 3 != 2).toArray().length);
        assertThat(all("category=data&tag=even&owner=team-3"))
                .hasSize(IntStream.range(0, COUNT)
                        .filter(i -> i % 3 == 1 && i % 2 == 0 && i % 7 == 3)
                        .toArray()
                        .length);
        assertThat(all("tag=a%2Cb")).hasSize(COUNT / 2);
        assertThat(texts(all("status=deprecated&tag=odd"), "status")).containsOnly("deprecated");
        assertThat(texts(all("service=cart-store"), "code")).containsExactly(codes.get(5));
        assertThat(texts(all("prefix=A-"), "code"))
                .isEqualTo(codes.stream()
                        .filter(code -> code.startsWith("a-"))
                        .sorted()
                        .toList());
        assertThat(all("category=nothing")).isEmpty();
    }

    @Test
    void an_item_that_appears_between_two_pages_neither_repeats_nor_hides_others() {
        TestTenant own = TestTenant.in(server);
        var ownRows = new CatalogRows(own);
        Cursor written = ownRows.write(batch -> List.of("b", "d", "f", "h").forEach(batch::capability));
        TestClient reader = own.client().with("X-APG-Min-Seq", written.toString());
        JsonNode first = reader.get("/api/v1/capabilities?limit=2").json();
        Cursor more = ownRows.write(batch -> batch.capability("a").capability("e"));
        JsonNode second = own.client()
                .with("X-APG-Min-Seq", more.toString())
                .get("/api/v1/capabilities?limit=9&cursor="
                        + first.get("next_cursor").asString())
                .json();
        assertThat(second.get("items")
                        .valueStream()
                        .map(item -> item.get("code").asString()))
                .containsExactly("e", "f", "h");
    }

    @Test
    void what_is_not_understood_is_refused_by_name() {
        for (String query : List.of(
                "sort=price",
                "status=sleeping",
                "sort=code&sort=-code",
                "limit=0",
                "cursor=nonsense",
                "category=" + "x".repeat(201))) {
            Answer answer = client.get("/api/v1/capabilities?" + query);
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.json().get("errors").get(0).get("field").asString())
                    .isEqualTo(query.substring(0, query.indexOf('=')));
        }
        String cursor = client.get("/api/v1/capabilities?limit=1")
                .json()
                .get("next_cursor")
                .asString();
        assertThat(client.get("/api/v1/capabilities?sort=-code&cursor=" + cursor)
                        .problem())
                .isEqualTo("paging.cursor");
    }

    @Test
    void a_capability_is_shown_with_its_edition_as_entity_tag_and_in_any_case() {
        TestTenant own = TestTenant.in(server);
        String longText = "Keeps what a shopper wants to buy. ".repeat(100);
        Cursor written = new CatalogRows(own)
                .write(batch -> batch.capability("short")
                        .capability(
                                "long",
                                new About("Long", longText, "c", "o", List.of("t"), List.of("basket"), "active")));
        TestClient reader = own.client().with("X-APG-Min-Seq", written.toString());
        Answer answer = reader.get("/api/v1/capabilities/LONG");
        assertThat(answer.header("ETag")).contains("\"1\"");
        assertThat(answer.json().get("description").asString()).isEqualTo(longText);
        assertThat(answer.json().get("keywords").get(0).asString()).isEqualTo("basket");
        assertThat(reader.with("If-None-Match", "\"1\"")
                        .get("/api/v1/capabilities/long")
                        .status())
                .isEqualTo(304);
        assertThat(reader.get("/api/v1/capabilities/short")
                        .json()
                        .get("description")
                        .asString())
                .isEmpty();
        assertThat(reader.get("/api/v1/capabilities/absent").problem()).isEqualTo("capability.not_found");
    }

    @Test
    void versions_come_newest_first_with_tombstones_of_purged_ones() {
        TestTenant own = TestTenant.in(server);
        Cursor written = new CatalogRows(own).write(batch -> {
            batch.capability("redis");
            List.of("1.0.0", "1.10.0", "1.2.0", "2.0.0-rc.1", "1.9.9")
                    .forEach(number -> batch.version("redis", number));
            batch.state("redis", "1.9.9", "purged").state("redis", "1.10.0", "yanked");
        });
        TestClient reader = own.client().with("X-APG-Min-Seq", written.toString());
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = reader.get("/api/v1/capabilities/redis/versions?limit=2" + cursor)
                    .json();
            page.get("items")
                    .forEach(item -> seen.add(item.get("number").asString() + " "
                            + item.get("state").asString()));
            assertThat(page.get("total_count").asInt()).isEqualTo(5);
            cursor = page.get("next_cursor") == null
                    ? null
                    : "&cursor=" + page.get("next_cursor").asString();
        }
        assertThat(seen)
                .containsExactly(
                        "2.0.0-rc.1 published", "1.10.0 yanked", "1.9.9 purged", "1.2.0 published", "1.0.0 published");
        assertThat(reader.get("/api/v1/capabilities/redis/versions?state=yanked")
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(1);
        assertThat(reader.get("/api/v1/capabilities")
                        .json()
                        .get("items")
                        .get(0)
                        .get("newest")
                        .asString())
                .isEqualTo("1.2.0");
    }
}
