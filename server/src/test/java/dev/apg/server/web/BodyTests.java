package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the edge does with bodies, seen at an operation whose body has text, a closed set and a time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodyTests {
    private static final String PATH = "/api/v1/tokens";

    @AutoClose
    private final TestServer server = TestServer.start();

    private TestClient client;

    @BeforeAll
    void start() {
        client = server.client();
    }

    static Stream<Arguments> refusedJson() {
        return Stream.of(
                Arguments.of("{", "document.malformed", "body", "valid JSON"),
                Arguments.of("{\"label\":\"a\",}", "document.malformed", "body", "valid JSON"),
                Arguments.of("{\"label\":\"a\"} {}", "document.malformed", "body", "valid JSON"),
                Arguments.of("{\"label\":\"a\",\"label\":\"b\"}", "field.duplicate", "label", "each key once"),
                Arguments.of("{\"label\":\"a\",\"colour\":7}", "field.unknown", "colour", "expires_at, label, role"),
                Arguments.of("{\"label\":\"a\",\"a[b\":7}", "field.unknown", "a[b", "expires_at, label, role"),
                Arguments.of("{\"label\":\"a\",\"x[\":7}", "field.unknown", "x[", "expires_at, label, role"),
                Arguments.of("{\"label\":\"a\",\"x[99999999999]\":7}", "field.unknown", "x[99999999999]", "label"),
                Arguments.of("{\"label\":1}", "field.wrong_type", "label", "text"),
                Arguments.of("{\"label\":{\"a\":1}}", "field.wrong_type", "label", "text"),
                Arguments.of("{\"label\":[\"a\"]}", "field.wrong_type", "label", "text"),
                Arguments.of("{\"expires_at\":\"tomorrow\"}", "field.wrong_type", "expires_at", "a time such as"),
                Arguments.of("[]", "field.wrong_type", "body", "an object"),
                Arguments.of("\"text\"", "field.wrong_type", "body", "an object"),
                Arguments.of("{\"label\":\"a\\u0000b\"}", "text.malformed", "label", "without NUL"),
                Arguments.of("{\"label\":\"\\ud800\"}", "text.malformed", "label", "half surrogate"),
                Arguments.of("{\"a\\u0000\":1}", "text.malformed", "a\uFFFD", "without NUL"),
                Arguments.of("{\"label\":1e999}", "number.too_large", "label", "100 digits"),
                Arguments.of("{\"label\":1e300}", "number.too_large", "label", "100 digits"),
                Arguments.of("{\"label\":1e-300}", "number.too_large", "label", "100 digits"),
                Arguments.of("{\"label\":123456789012345678901}", "number.too_large", "label", "64 bits"),
                Arguments.of("{\"label\":" + "1".repeat(200) + "}", "document.too_large", null, "100 digits"),
                Arguments.of("[".repeat(65) + "]".repeat(65), "document.too_large", null, "64 levels"),
                Arguments.of("[".repeat(100_000), "document.too_large", null, "64 levels"),
                Arguments.of("{\"" + "k".repeat(1_001) + "\":1}", "document.too_large", null, "1000 characters"),
                Arguments.of("", "body.missing", "body", "a document"),
                Arguments.of("  ", "body.missing", "body", "a document"),
                Arguments.of("null", "body.missing", "body", "a document"));
    }

    @ParameterizedTest
    @MethodSource("refusedJson")
    void json_that_cannot_be_read_is_refused_by_field_and_expectation(
            String body, String code, String field, String expected) {
        Answer answer = client.post(PATH, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.problem()).as(answer.text()).isEqualTo(code);
        JsonNode error = answer.json().at("/errors/0");
        if (field != null) {
            assertThat(error.get("field").asString()).isEqualTo(field);
        }
        assertThat(error.get("expected").asString()).contains(expected);
    }

    @Test
    void everything_that_does_not_fit_is_told_at_once_but_nothing_that_only_follows_from_it() {
        Answer answer = client.post(PATH, "{\"label\":1,\"colour\":7,\"role\":[],\"expires_at\":\"tomorrow\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("label", "colour", "role", "expires_at");
        assertThat(answer.json().get("detail").asString()).endsWith(", and 3 more");
    }

    @Test
    void keys_that_stand_twice_and_values_that_cannot_be_kept_hide_nothing_else() {
        String json = """
                {"label": "a\\u0000b", "role": 7, "role": "king", "expires_at": 1e400, "colour": 1}
                """;
        Answer answer = client.post(PATH, json);
        Answer yaml = client.send("POST", PATH, BodyPublishers.ofString(json), "application/yaml");

        assertThat(answer.problem()).as(answer.text()).isEqualTo("text.malformed");
        for (Answer refused : new Answer[] {answer, yaml}) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.json().get("errors").valueStream())
                    .extracting(error -> error.get("field").asString() + " "
                            + error.get("code").asString())
                    .containsExactlyInAnyOrder(
                            "label text.malformed",
                            "role field.duplicate",
                            "role field.wrong_type",
                            "expires_at number.too_large",
                            "colour field.unknown");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e300", "123456789012345678901"})
    void a_number_that_is_too_large_is_told_as_it_was_sent(String number) {
        for (String type : new String[] {"application/json", "application/yaml"}) {
            Answer answer =
                    client.send("POST", PATH, BodyPublishers.ofString("{\"label\": %s}".formatted(number)), type);
            assertThat(answer.json().at("/errors/0/value").asString()).isEqualTo(number);
        }
    }

    static Stream<Arguments> refusedYaml() {
        return Stream.of(
                Arguments.of("label: a\nlabel: b\nrole: observer\n", "field.duplicate", "label", 2),
                Arguments.of("label: a\nrole: observer\ncolour: red\n", "field.unknown", "colour", 3),
                Arguments.of("label: a\nrole: 1.10\n", "field.wrong_type", "role", 2),
                Arguments.of("label: [a\n", "document.malformed", "body", 2),
                Arguments.of("label: !!java.net.URL a\n", "tag.unknown", "label", 1),
                Arguments.of("label: &a [*a]\n", "alias.unknown", "label[0]", 1),
                Arguments.of("label: *nobody\n", "alias.unknown", "label", 1),
                Arguments.of("label: .inf\n", "number.too_large", "label", 1),
                Arguments.of("? [a]\n: b\n", "document.malformed", "body", 1),
                Arguments.of("role: observer\nlabel: \"a\\0b\"\n", "text.malformed", "label", null),
                Arguments.of("[".repeat(100_000), "document.too_large", null, 1),
                Arguments.of("label: a\n---\nlabel: b\n", "document.malformed", "body", null),
                Arguments.of("# nothing\n", "body.missing", "body", null),
                Arguments.of(laughs(), "document.too_large", null, null));
    }

    /** Ten levels of ten aliases each: small to send, 10^10 values to read. */
    private static String laughs() {
        var text = new StringBuilder("l0: &l0 [a,a,a,a,a,a,a,a,a,a]\n");
        for (int i = 1; i <= 10; i++) {
            String alias = "*l" + (i - 1);
            text.append("l%d: &l%d [%s]\n".formatted(i, i, String.join(",", java.util.Collections.nCopies(10, alias))));
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("refusedYaml")
    void yaml_that_cannot_be_read_is_refused_by_field_and_line(String body, String code, String field, Integer line) {
        Answer answer = client.send("POST", PATH, BodyPublishers.ofString(body), "application/yaml");
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.problem()).as(answer.text()).isEqualTo(code);
        JsonNode error = answer.json().at("/errors/0");
        if (field != null) {
            assertThat(error.get("field").asString()).isEqualTo(field);
        }
        if (line != null) {
            assertThat(error.get("line").asInt()).isEqualTo(line);
        }
    }

    @Test
    void what_is_wrong_with_yaml_is_told_in_plain_words_with_line_and_column() {
        Answer answer =
                client.send("POST", PATH, BodyPublishers.ofString("label: a\nrole: b: c\n"), "application/yaml");
        assertThat(answer.json().at("/errors/0/line").asInt()).isEqualTo(2);
        assertThat(answer.json().at("/errors/0/value").asString()).isEqualTo("column 8: a colon where none can be");
        assertThat(answer.json().at("/errors/0/expected").asString()).startsWith("one `name: value` a line");
    }

    @Test
    void yaml_is_read_as_the_json_that_it_stands_for() {
        Answer answer = client.send(
                "POST",
                PATH,
                BodyPublishers.ofString(
                        "label: &x from yaml # a comment\nrole: 'observer'\nexpires_at: 2100-01-01T00:00:00Z\n"),
                "application/yaml");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().at("/token/label").asString()).isEqualTo("from yaml");
    }

    @Test
    void a_byte_order_mark_in_front_of_a_document_is_no_part_of_it() {
        String json = "\uFEFF{\"label\":\"marked\",\"role\":\"observer\"}";
        for (String type : new String[] {"application/json", "application/yaml"}) {
            Answer answer = client.send("POST", PATH, BodyPublishers.ofString(json), type);
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
            assertThat(answer.json().at("/token/label").asString()).isEqualTo("marked");
            assertThat(client.send("POST", PATH, BodyPublishers.ofString("\uFEFF"), type)
                            .problem())
                    .isEqualTo("body.missing");
        }
        Answer block = client.send(
                "POST", PATH, BodyPublishers.ofString("\uFEFFlabel: block\nrole: observer\n"), "application/yaml");
        assertThat(block.status()).as(block.text()).isEqualTo(201);
    }

    @Test
    void a_body_that_is_not_utf_8_is_refused() {
        for (byte[] body : new byte[][] {
            {'{', '"', 'l', (byte) 0xff, '"', ':', '1', '}'},
            {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'},
            {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
            "{\"label\":\"a\"}".getBytes(StandardCharsets.UTF_16)
        }) {
            for (String type : new String[] {"application/json", "application/yaml"}) {
                Answer answer = client.send("POST", PATH, BodyPublishers.ofByteArray(body), type);
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.json().at("/errors/0/expected").asString()).contains("UTF-8");
            }
        }
    }

    @Test
    void a_body_over_the_limit_is_refused_whether_or_not_it_says_its_length() {
        byte[] body = ("{\"label\":\"" + "a".repeat(5 * 1024 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);
        Answer told = client.send("POST", PATH, BodyPublishers.ofByteArray(body), "application/json");
        Answer chunked = client.send(
                "POST", PATH, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)), "application/json");
        for (Answer answer : new Answer[] {told, chunked}) {
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.problem()).isEqualTo("body.too_large");
            assertThat(answer.json().get("detail").asString()).contains("4194304");
        }
    }

    @Test
    void other_media_types_encodings_methods_and_paths_are_refused_with_what_is_accepted() {
        Answer type = client.send("POST", PATH, BodyPublishers.ofString("<a/>"), "application/xml");
        assertThat(type.status()).isEqualTo(415);
        assertThat(type.problem()).isEqualTo("media_type.not_supported");
        assertThat(type.json().get("detail").asString()).contains("application/json", "application/yaml");
        assertThat(client.send("POST", PATH, BodyPublishers.ofString("{}"), null)
                        .status())
                .isEqualTo(415);
        assertThat(client.with("Content-Encoding", "gzip").post(PATH, "{}").problem())
                .isEqualTo("content_encoding.not_supported");
        assertThat(client.with("Accept", "image/png").get("/api/v1/me").problem())
                .isEqualTo("media_type.not_acceptable");
        Answer method = client.delete(PATH);
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).hasValue("GET, POST");
        assertThat(client.get("/api/v1/nowhere").problem()).isEqualTo("path.not_found");
        assertThat(client.get("/nowhere").problem()).isEqualTo("path.not_found");
    }

    @Test
    void parameters_that_nobody_reads_are_refused_by_name() {
        Answer unknown = client.get(PATH + "?limt=5");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.problem()).isEqualTo("parameter.unknown");
        assertThat(unknown.json().get("detail").asString()).contains("limt", "cursor, limit");
        assertThat(client.get(PATH + "?limit=5&limit=6").problem()).isEqualTo("parameter.repeated");
        assertThat(client.get(PATH + "?limit=500").json().get("detail").asString())
                .isEqualTo("limit: 500 (expected: 1 to 100)");
        for (String limit : new String[] {"0", "-1", "a", "", "99999999999999999999", "1.5", "%20"}) {
            assertThat(client.get(PATH + "?limit=" + limit).problem()).as(limit).isEqualTo("paging.limit");
        }
        assertThat(client.delete(PATH + "/1-1-1-1-1").problem()).isEqualTo("parameter.wrong_type");
    }

    @Test
    void a_cursor_that_this_list_did_not_give_is_refused() {
        for (String cursor : new String[] {"", "a", "AAAA", "AAAAAAAA", "%25", "x".repeat(5_000)}) {
            assertThat(client.get(PATH + "?cursor=" + cursor).status())
                    .as(cursor)
                    .isEqualTo(400);
        }
        for (int i = 0; i < 2; i++) {
            client.post(PATH, "{\"label\":\"a\",\"role\":\"observer\"}");
        }
        String next = client.get(PATH + "?limit=1").json().get("next_cursor").asString();
        char last = next.charAt(next.length() - 2);
        String tampered =
                next.substring(0, next.length() - 2) + (last == 'a' ? 'b' : 'a') + next.substring(next.length() - 1);
        assertThat(client.get(PATH + "?cursor=" + next).status()).isEqualTo(200);
        assertThat(client.get(PATH + "?cursor=" + tampered).problem()).isEqualTo("paging.cursor");
    }

    @Test
    void the_request_id_begins_with_the_clients_if_it_is_a_sane_one() {
        assertThat(client.with("X-Request-Id", "build-7/42").get("/nowhere").header("X-Request-Id"))
                .hasValueSatisfying(id -> assertThat(id).matches("build-7/42/[a-z2-7]{8}"));
        Answer strange = client.with("X-Request-Id", "a b").get("/nowhere");
        assertThat(strange.header("X-Request-Id")).isPresent().get().isNotEqualTo("a b");
        assertThat(strange.json().get("request_id").asString())
                .isEqualTo(strange.header("X-Request-Id").orElseThrow());
    }
}
