package dev.apg.server.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EveryErrorAtOnceTests {
    @AutoClose
    private static final TestServer server = TestServer.start();

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[a]", "[[{}]]", "{}", "{a: [1]}", "red"})
    void an_unknown_field_is_named_with_its_line_whatever_its_value_is(String value) {
        Answer refused = Registry.administrator(server).publish("""
                format: apg.version/1
                capability: misspelt
                version: 1.0.0
                requirments: %1$s
                about: {colour: %1$s}
                requirements:
                  - capability: misspelt-too
                  - {capability: misspelt-three, colour: %1$s}
                """.formatted(value));

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.json().get("errors").valueStream())
                .filteredOn(error -> error.get("code").asString().equals("unknown_field"))
                .extracting(error ->
                        error.get("line").asInt() + " " + error.get("field").asString())
                .containsExactly("4 requirments", "5 about.colour", "8 requirements[1].colour");
    }

    @Test
    void wrong_types_broken_rules_and_unknown_references_come_in_one_answer_in_the_order_of_the_lines() {
        Registry registry = Registry.of(server);
        registry.has("blogs/redis", "7.0.0");

        Answer refused = registry.publish("""
                format: apg.version/1
                capability: redis-cart
                version: 1.0
                colour: blue
                about:
                  tags: [fine, 5, [deep]]
                provides:
                  - {service: cart-store, version: one}
                  - just a text
                requirements:
                  - {name: cache, capability: redis}
                  - {capability: blogs/redsi, range: "^^1"}
                  - {service: 7}
                conflicts:
                  - {capability: redis-cart}
                  - {service: nobody-knows}
                runtime:
                  image: "Not An Image"
                  replicas: many
                  ports:
                    - {name: http, port: "eighty"}
                  environment:
                    - {name: A, value: x, configuration: y}
                    - {name: B, value: {}}
                    - {name: C, provider: {requirement: cache}}
                  health: {kind: http, port: grpc}
                """);

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("wrong_type");
        List<JsonNode> errors = refused.json().get("errors").valueStream().toList();
        assertThat(errors)
                .extracting(error ->
                        error.get("line").asInt() + " " + error.get("field").asString())
                .containsExactlyInAnyOrder(
                        "3 version",
                        "4 colour",
                        "6 about.tags[1]",
                        "6 about.tags[2]",
                        "8 provides[0].version",
                        "9 provides[1]",
                        "11 requirements[0].capability",
                        "12 requirements[1].capability",
                        "12 requirements[1].range",
                        "13 requirements[2].service",
                        "15 conflicts[0].capability",
                        "16 conflicts[1].service",
                        "18 runtime.image",
                        "19 runtime.replicas",
                        "21 runtime.ports[0].port",
                        "23 runtime.environment[0]",
                        "24 runtime.environment[1].value");
        assertThat(errors).extracting(error -> error.get("line").asInt()).isSorted();
        assertThat(expected(errors, "version"))
                .isEqualTo("text in quotes, with the three numbers of SemVer, such as \"1.0.0\"");
        assertThat(expected(errors, "requirements[0].capability")).endsWith("; did you mean blogs/redis?");
        assertThat(expected(errors, "requirements[1].capability")).endsWith("; did you mean blogs/redis?");
    }

    @Test
    void what_could_not_be_kept_is_told_with_all_else_that_is_wrong() {
        Answer refused = Registry.of(server).publish("""
                format: apg.version/1
                capability: twice
                capability: thrice
                version: one
                cost: 1e400
                about: {owner: "a\\0b", colour: red}
                requirements: [{capability: nowhere}]
                """);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.problem()).isEqualTo("field.duplicate");
        assertThat(refused.json().get("errors").valueStream())
                .extracting(error ->
                        error.get("line").asInt() + " " + error.get("field").asString() + " "
                                + error.get("code").asString())
                .containsExactlyInAnyOrder(
                        "3 capability field.duplicate",
                        "4 version version.malformed",
                        "5 cost number.too_large",
                        "6 about.owner text.malformed",
                        "6 about.colour unknown_field",
                        "7 requirements[0].capability capability.unknown");
    }

    @Test
    void a_slip_in_a_reference_is_refused_with_the_name_that_was_meant() {
        Registry registry = Registry.of(server);
        registry.has("blogs/redis", "7.0.0");
        Answer refused = registry.publish(
                Registry.version("shop", "1.0.0") + "requirements: [{capability: blogs/redsi}, {capability: redis}]\n");

        assertThat(refused.problem()).isEqualTo("capability.unknown");
        assertThat(refused.json().get("errors").valueStream().toList())
                .extracting(error -> error.get("expected").asString())
                .allSatisfy(expected -> assertThat(expected).endsWith("; did you mean blogs/redis?"));
    }

    @Test
    void the_first_ten_unknown_names_come_with_a_guess_whatever_else_is_wrong() {
        Registry registry = Registry.of(server);
        registry.has("blogs/redis", "7.0.0");
        assertThat(registry.publish(
                                Registry.version("store", "1.0.0") + "provides: [{service: store, version: 1.0.0}]\n")
                        .status())
                .isEqualTo(201);
        String document = Registry.version("shop", "1.0.0") + "requirements:\n"
                + IntStream.range(0, 30)
                        .mapToObj(
                                "  - {capability: p%1$02d/redis}\n  - {any_of: [{capability: p%1$02d/redis, range: ^1.0.0}, {service: store}]}\n"
                                        ::formatted)
                        .collect(Collectors.joining());
        for (Answer refused : List.of(registry.publish(document), registry.publish(document + "colour: blue\n"))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(422);
            List<JsonNode> unknown = refused.json()
                    .get("errors")
                    .valueStream()
                    .filter(error -> error.get("code").asString().equals("capability.unknown"))
                    .toList();
            assertThat(unknown).hasSize(60);
            assertThat(unknown.stream()
                            .filter(error -> error.get("expected").asString().endsWith("; did you mean blogs/redis?"))
                            .map(error -> error.get("value").asString()))
                    .hasSize(20)
                    .allMatch(value -> value.compareTo("p10") < 0);
        }
    }

    private static String expected(List<JsonNode> errors, String field) {
        return errors.stream()
                .filter(error -> error.get("field").asString().equals(field))
                .findFirst()
                .orElseThrow()
                .get("expected")
                .asString();
    }
}
