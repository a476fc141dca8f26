package dev.apg.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.capability.Provision;
import dev.apg.server.catalog.CatalogRows;
import dev.apg.server.catalog.CatalogRows.About;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private TestTenant tenant;
    private CatalogRows rows;
    private TestClient client;

    @BeforeAll
    void start() {
        tenant = TestTenant.in(server);
        rows = new CatalogRows(tenant);
        Cursor written = rows.write(batch -> {
            batch.capability(
                    "payment-gateway", about("Payment Gateway", "Takes money.", "commerce", "team-pay", "grpc"));
            batch.capability(
                    "checkout",
                    about(
                            "Checkout",
                            "Sends payments to the payment gateway, and mail.",
                            "commerce",
                            "team-shop",
                            "grpc",
                            "go"));
            batch.capability("redis-cart", about("Redis", "A store in memory.", "data", "team-data", "cache"));
            batch.capability(
                    "valkey", about("Valkey", "A store in memory, free of <script>.", "data", "team-data", "cache"));
            batch.capability("kafka", about("Kafka", "Keeps Ströme of events.", "messaging", "team-data", "go"));
            batch.capability(
                    "cartservice", new About("CartService", "", "", "", List.of(), List.of("trolley"), "retired"));
            batch.version(
                    "redis-cart", "1.0.0", CatalogRows.structure(List.of(new Provision("cart-storage", "1.0.0"))));
        });
        client = tenant.client().with("X-APG-Min-Seq", written.toString());
    }

    private static About about(String name, String description, String category, String owner, String... tags) {
        return new About(name, description, category, owner, List.of(tags), List.of(), "active");
    }

    private JsonNode search(String q, String... filters) {
        Answer answer = client.get("/api/v1/search?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8)
                + String.join(
                        "", List.of(filters).stream().map(each -> "&" + each).toList()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private List<String> codes(String q, String... filters) {
        return search(q, filters)
                .get("items")
                .valueStream()
                .map(hit -> hit.get("capability").get("code").asString())
                .toList();
    }

    @Test
    void a_name_counts_more_than_a_mention_and_a_code_most() {
        assertThat(codes("payment")).containsExactly("payment-gateway", "checkout");
        assertThat(codes("payments")).containsExactly("payment-gateway", "checkout");
        assertThat(codes("checkout")).first().isEqualTo("checkout");
        assertThat(codes("redis-cart")).first().isEqualTo("redis-cart");
    }

    @Test
    void the_beginning_of_a_word_is_enough_in_every_field() {
        assertThat(codes("pay gate")).contains("payment-gateway");
        assertThat(codes("val")).containsExactly("valkey");
        assertThat(codes("troll")).containsExactly("cartservice");
        assertThat(codes("memo")).containsExactlyInAnyOrder("redis-cart", "valkey");
        assertThat(codes("cart-sto")).containsExactly("redis-cart");
    }

    @Test
    void typing_errors_are_corrected_and_told() {
        assertThat(codes("paymnet")).contains("payment-gateway");
        assertThat(codes("reddis")).containsExactly("redis-cart");
        assertThat(codes("xafka")).containsExactly("kafka");
        JsonNode word = search("gatewya").get("words").get(0);
        assertThat(word.get("word").asString()).isEqualTo("gatewya");
        assertThat(word.get("corrections").get(0).asString()).isEqualTo("gateway");
        assertThat(search("redsi").at("/words/0/corrections/0").asString())
                .as("a word, not its stem")
                .isEqualTo("redis");
        assertThat(search("gateway").get("words").get(0).get("corrections").size())
                .isZero();
    }

    @Test
    void words_match_across_case_accents_and_compounds() {
        assertThat(codes("STROME")).containsExactly("kafka");
        assertThat(codes("ströme")).containsExactly("kafka");
        assertThat(codes("cart service")).contains("cartservice");
        assertThat(codes("CartService")).contains("cartservice");
    }

    @Test
    void all_words_are_needed_unless_nothing_has_them_all() {
        assertThat(codes("store memory free")).containsExactly("valkey");
        assertThat(codes("kafka redis")).containsExactlyInAnyOrder("kafka", "redis-cart");
    }

    @Test
    void facets_count_what_another_selection_of_theirs_would_give() {
        JsonNode all = search("").get("facets");
        assertThat(values(all, "category")).containsExactly("commerce 2", "data 2", "messaging 1");
        assertThat(values(all, "status")).containsExactly("active 5", "retired 1");
        JsonNode data = search("", "category=data");
        assertThat(data.get("total_count").asInt()).isEqualTo(2);
        assertThat(values(data.get("facets"), "category"))
                .containsExactly("data 2 selected", "commerce 2", "messaging 1");
        assertThat(values(data.get("facets"), "owner")).containsExactly("team-data 2");
        JsonNode both = search("", "category=data", "category=messaging", "tag=go");
        assertThat(both.get("total_count").asInt()).isEqualTo(1);
        assertThat(values(both.get("facets"), "tag")).containsExactly("go 1 selected", "cache 2");
        assertThat(values(search("", "owner=nobody").get("facets"), "owner"))
                .first()
                .isEqualTo("nobody 0 selected");
    }

    private static List<String> values(JsonNode facets, String facet) {
        return facets.get(facet)
                .valueStream()
                .map(value -> value.get("value").asString() + " "
                        + value.get("count").asInt() + (value.get("selected").asBoolean() ? " selected" : ""))
                .toList();
    }

    @Test
    void highlights_are_positions_in_plain_text() {
        JsonNode hit = search("store free").get("items").get(0);
        JsonNode highlight = hit.get("highlights")
                .valueStream()
                .filter(each -> each.get("field").asString().equals("description"))
                .findFirst()
                .orElseThrow();
        String text = highlight.get("text").asString();
        assertThat(text).isEqualTo("A store in memory, free of <script>.");
        assertThat(highlight
                        .get("marks")
                        .valueStream()
                        .map(mark -> text.substring(
                                mark.get("start").asInt(), mark.get("end").asInt())))
                .containsExactly("store", "free");
    }

    @Test
    void long_texts_are_cut_around_the_first_mark() {
        TestTenant own = TestTenant.in(server);
        Cursor written = new CatalogRows(own)
                .write(batch -> batch.capability(
                        "long", about("Long", "word ".repeat(300) + "needle " + "word ".repeat(300), "", "")));
        JsonNode highlight = own.client()
                .with("X-APG-Min-Seq", written.toString())
                .get("/api/v1/search?q=needle")
                .json()
                .get("items")
                .get(0)
                .get("highlights")
                .get(0);
        String text = highlight.get("text").asString();
        assertThat(text.length()).isLessThan(300);
        JsonNode mark = highlight.get("marks").get(0);
        assertThat(text.substring(mark.get("start").asInt(), mark.get("end").asInt()))
                .isEqualTo("needle");
    }

    @Test
    void pages_show_every_hit_once() {
        TestTenant own = TestTenant.in(server);
        Cursor written = new CatalogRows(own).write(batch -> {
            for (int i = 0; i < 250; i++) {
                batch.capability("service-" + i, about("Service " + i % 5, "A service of many.", "c" + i % 3, ""));
            }
        });
        TestClient reader = own.client().with("X-APG-Min-Seq", written.toString());
        for (String q : List.of("", "service", "servcie many")) {
            List<String> seen = new ArrayList<>();
            String cursor = "";
            while (cursor != null) {
                JsonNode page = reader.get("/api/v1/search?limit=40&q=" + q.replace(" ", "%20") + cursor)
                        .json();
                page.get("items")
                        .forEach(hit ->
                                seen.add(hit.get("capability").get("code").asString()));
                assertThat(page.get("total_count").asInt()).isEqualTo(250);
                cursor = page.get("next_cursor") == null
                        ? null
                        : "&cursor=" + page.get("next_cursor").asString();
            }
            assertThat(seen).as(q).hasSize(250);
            assertThat(new HashSet<>(seen)).as(q).hasSize(250);
        }
    }

    @Test
    void what_changes_is_found_in_its_new_form_only() {
        TestTenant own = TestTenant.in(server);
        var ownRows = new CatalogRows(own);
        ownRows.write(batch -> batch.capability("thing", about("Hammer", "", "", "")));
        Cursor written = ownRows.write(batch -> batch.capability("thing", about("Saw", "", "tools", "")));
        TestClient reader = own.client().with("X-APG-Min-Seq", written.toString());
        assertThat(reader.get("/api/v1/search?q=hammer")
                        .json()
                        .get("total_count")
                        .asInt())
                .isZero();
        JsonNode found = reader.get("/api/v1/search?q=saw").json();
        assertThat(found.get("total_count").asInt()).isEqualTo(1);
        assertThat(values(found.get("facets"), "category")).containsExactly("tools 1");
    }

    @Test
    void no_text_is_an_error_but_one_that_is_too_long() {
        for (String q : List.of(
                "\"",
                "AND",
                "a AND",
                "(((",
                "*",
                "?",
                "~",
                "foo~2",
                "field:value",
                "[a TO b]",
                "\\",
                "/re/",
                "-x +y !z",
                "😀",
                "中文",
                "' OR 1=1 --",
                "a".repeat(200),
                "é".repeat(50),
                "% _")) {
            search(q);
        }
        Answer answer = client.get("/api/v1/search?q=" + "a".repeat(201));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("search.too_long");
        assertThat(client.get("/api/v1/search?status=sleeping").status()).isEqualTo(400);
    }
}
