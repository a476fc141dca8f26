package dev.apg.server.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiDocumentTests {
    /** Sorted, so that a change of the code is a small change of the file. */
    private static final JsonMapper PRETTY = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, SerializationFeature.INDENT_OUTPUT)
            .build();

    @AutoClose
    private final TestServer server = TestServer.start();

    private JsonNode document;

    @BeforeAll
    void read() {
        document = server.anonymous().get("/api/openapi.json").json();
    }

    @Test
    void the_checked_in_document_is_the_one_that_the_code_gives() throws Exception {
        Path file = Path.of("../contract/openapi.json");
        String current = PRETTY.writeValueAsString(PRETTY.treeToValue(document, Map.class))
                        .replace("\r\n", "\n") + "\n";
        if (Boolean.getBoolean("apg.generate")) {
            Files.writeString(file, current);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("contract/openapi.json is stale: make generate writes it")
                .isEqualTo(current);
    }

    @Test
    void every_operation_has_a_summary_and_an_id_of_its_own_that_is_verb_and_resource() {
        var ids = new HashSet<String>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    String name = operation.getKey() + " " + path.getKey();
                    String id = operation.getValue().path("operationId").asString("");
                    assertThat(id).as(name).matches("[a-z]+[A-Z][A-Za-z]+");
                    assertThat(ids.add(id)).as(name + " " + id).isTrue();
                    assertThat(operation.getValue().path("summary").asString(""))
                            .as(name)
                            .isNotBlank();
                }));
    }

    /** A tag is a heading of the page: one without operations would be a heading over nothing. */
    @Test
    void every_tag_has_a_description_and_operations() {
        var described = new TreeSet<String>();
        document.get("tags").forEach(tag -> {
            assertThat(tag.path("description").asString("")).isNotBlank();
            described.add(tag.get("name").asString());
        });
        var used = new TreeSet<String>();
        document.get("paths")
                .forEach(path ->
                        path.forEach(operation -> operation.path("tags").forEach(tag -> used.add(tag.asString()))));
        assertThat(described).isEqualTo(used);
    }

    @Test
    void fields_and_closed_sets_are_spelled_as_on_the_wire() {
        JsonNode schemas = document.at("/components/schemas");
        assertThat(schemas.at("/NewToken/properties").propertyNames()).contains("expires_at");
        assertThat(schemas.at("/NewToken/required").toString()).isEqualTo("[\"label\",\"role\"]");
        assertThat(schemas.at("/Token/required").toString())
                .contains("created_at")
                .doesNotContain("expires_at");
        schemas.properties()
                .forEach(schema -> schema.getValue()
                        .path("properties")
                        .propertyNames()
                        .forEach(name -> assertThat(name).as(schema.getKey()).matches("[a-z0-9]+(_[a-z0-9]+)*")));
    }

    @Test
    void the_servers_address_leads_to_the_page_with_a_slash_at_its_end_or_without() {
        Answer root = server.anonymous().get("/");
        assertThat(root.status()).isEqualTo(302);
        assertThat(root.header("Location"))
                .as("without a host, which whoever asks may have made up")
                .contains("/api/docs");
        assertThat(server.anonymous().get("/api/docs/").text())
                .isEqualTo(server.anonymous().get("/api/docs").text());
        assertThat(server.anonymous().post("/", "{}").status()).isBetween(400, 499);
    }

    @Test
    void the_page_shows_it_without_other_hosts() {
        Answer page = server.anonymous().get("/api/docs");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("swagger-ui-bundle.js").doesNotContain("http:", "https:");
        assertThat(page.header("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).startsWith("default-src 'self'").doesNotContain("unsafe"));
        for (String file : new String[] {"swagger-ui-bundle.js", "swagger-ui.css", "start.js"}) {
            assertThat(server.anonymous().get("/api/docs/" + file).status())
                    .as(file)
                    .isEqualTo(200);
        }
    }
}
