package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/** Bodies with very much in them, or in what they stand for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeBodyTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private TestClient client;

    @BeforeAll
    void start() {
        client = server.client();
    }

    /** Half a megabyte that is wrong in a hundred thousand places is answered like one that is wrong in a hundred. */
    @ParameterizedTest
    @MethodSource
    void a_body_that_is_wrong_in_very_many_places_is_told_about_some_of_them(String path, String body, String field) {
        Answer answer = client.post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        JsonNode errors = answer.json().get("errors");
        assertThat(errors.size()).isBetween(1, 100);
        assertThat(errors.get(0).get("field").asString()).startsWith(field);
    }

    static Stream<Arguments> a_body_that_is_wrong_in_very_many_places_is_told_about_some_of_them() {
        String version = "{\"format\":\"apg.version/1\",\"capability\":\"a\",\"version\":\"1.0.0\",%s}";
        String manyTexts = "\"\",".repeat(100_000) + "\"\"";
        String manyNeeds = "{\"any_of\":[" + "{},".repeat(19) + "{}]}";
        String versions = "/api/v1/capabilities/a/versions";
        return Stream.of(
                Arguments.of(versions, version.formatted("\"about\":{\"tags\":[" + manyTexts + "]}"), "about.tags"),
                Arguments.of(
                        versions,
                        version.formatted("\"requirements\":[" + (manyNeeds + ",").repeat(400) + manyNeeds + "]"),
                        "requirements"),
                Arguments.of(
                        "/api/v1/resolve",
                        "{\"document\":{\"format\":\"apg.composition/1\",\"composition\":\"a\",\"members\":["
                                + "{},".repeat(50_000) + "{}]}}",
                        "document.members"));
    }

    /**
     * Small documents whose whole would be gigabytes: what values stand for, or the ways to them, written out. Each is
     * answered within the time and memory of its own text.
     */
    @ParameterizedTest
    @MethodSource
    void a_document_that_unfolds_is_refused(String path, String type, String body, String expected) {
        Answer answer = client.send("POST", path, BodyPublishers.ofString(body), type);
        assertThat(answer.status()).as(answer.text()).isBetween(400, 422);
        assertThat(answer.text()).contains(expected);
    }

    static Stream<Arguments> a_document_that_unfolds_is_refused() {
        String names = IntStream.range(0, 58)
                .mapToObj(level -> "{\"" + "k".repeat(990) + "\":")
                .collect(Collectors.joining());
        String longNames = names + "[" + "0,".repeat(399_999) + "0]" + "}".repeat(58);
        String longNamesAndNull = names + "[" + "0,".repeat(399_999) + "null]" + "}".repeat(58);
        String aliases = "a: &a " + "x".repeat(3_900_000) + "\nb: [" + "*a,".repeat(499) + "*a]\n";
        return Stream.of(
                Arguments.of("/api/v1/resolve", "application/json", longNames, "kkk"),
                Arguments.of("/api/v1/resolve", "application/yaml", longNames, "kkk"),
                Arguments.of("/api/v1/resolve", "application/json", longNamesAndNull, "kkk"),
                Arguments.of("/api/v1/resolve", "application/yaml", aliases, "aliases counted as what they stand for"),
                Arguments.of("/api/v1/resolve", "application/yaml", "document: " + "x".repeat(4_190_000), "document"),
                Arguments.of(
                        "/api/v1/imports",
                        "application/yaml",
                        "capability: a\nversion: " + "x".repeat(20_000_000),
                        "longer than 4 MiB"),
                Arguments.of(
                        "/api/v1/imports",
                        "application/yaml",
                        "---\ncapability: a\n".repeat(2) + "---\ntext: |\n" + "  many lines\n".repeat(1_000_000),
                        "longer than 4 MiB"));
    }

    /** Each way to a wrong value has 58,000 characters: written out for all of them they would be ten gigabytes. */
    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/yaml"})
    void what_is_wrong_far_down_behind_long_names_is_told_in_few_characters(String type) {
        String names = IntStream.range(0, 58)
                .mapToObj(level -> "{\"" + "k".repeat(990) + "\": ")
                .collect(Collectors.joining());
        String twice = names + "{" + "\"a\": 0,".repeat(199_999) + "\"a\": 0}" + "}".repeat(58);

        Answer answer = client.send("POST", "/api/v1/resolve", BodyPublishers.ofString(twice), type);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("field.duplicate");
        assertThat(answer.json().get("errors")).hasSize(100).allSatisfy(error -> {
            assertThat(error.get("code").asString()).isEqualTo("field.duplicate");
            assertThat(error.get("field").asString())
                    .hasSizeLessThan(1_100)
                    .startsWith("kkk")
                    .endsWith("…");
        });
    }

    @Test
    void behind_more_faults_than_are_told_nothing_is_said_of_what_was_read_in_their_place() {
        String labels = "\"a\\u0000\",".repeat(150);

        Answer answer = client.post("/api/v1/tokens", "{\"colours\": [" + labels + "\"\"], \"role\": \"a\\u0000\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors"))
                .hasSize(100)
                .allSatisfy(error -> assertThat(error.get("code").asString()).isEqualTo("text.malformed"));
    }

    /** A document with many elements is checked field by field, and no less strictly than a small one. */
    @Test
    void one_wrong_element_of_a_large_body_is_found() {
        String provides = "{\"service\":\"s%d\",\"version\":\"1.0.0\"}";
        String requirements = "{\"capability\":\"c%d\",\"range\":\"*\"}";
        Answer answer = client.post("/api/v1/capabilities/a/versions", """
                {
                  "format": "apg.version/1",
                  "capability": "a",
                  "version": "1.0.0",
                  "about": {"tags": [""]},
                  "provides": [%s, {"service": "s"}],
                  "requirements": [%s, {"service": "%s", "range": "*"}]
                }
                """.formatted(
                        numbered(provides, 80), numbered(requirements, 400), "s".repeat(500)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().get("errors"))
                .extracting(error -> error.get("field").asString())
                .contains("about.tags[0]", "provides[80].version", "requirements[400].service");
    }

    private static String numbered(String template, int count) {
        return IntStream.range(0, count).mapToObj(template::formatted).collect(Collectors.joining(","));
    }
}
