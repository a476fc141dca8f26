package dev.apg.server.web.hostile;

import static dev.apg.server.web.hostile.HostileServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Bodies that break the contract, generated from it, at every operation that takes one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileBodyTests {
    private final HostileServer server = new HostileServer();

    @AfterEach
    void nothingWasAnError() {
        assertThat(server.loggedErrors()).isEmpty();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** Without the token endpoint, which answers in the words of OAuth: {@code TokenEndpointTests}. */
    List<ContractOperation> operations() {
        return server.operations().stream()
                .filter(operation -> operation.jsonType().isPresent())
                .filter(operation -> !operation.path().equals("/api/auth/token"))
                .toList();
    }

    @Test
    void the_contract_has_the_operations_that_are_attacked() {
        assertThat(operations()).hasSizeGreaterThan(15);
        assertThat(operations().stream()
                        .mapToInt(operation ->
                                Mutant.of(operation.body().orElseThrow()).size())
                        .sum())
                .isGreaterThan(1_000);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void a_document_that_is_wrong_in_one_place_is_refused_by_that_place(ContractOperation operation) {
        TestClient client = server.clientFor(operation);
        List<String> wrong = new ArrayList<>();
        for (Mutant mutant : Mutant.of(operation.body().orElseThrow())) {
            Answer answer = server.send(
                    operation, client, server.path(operation), mutant.document().toString());
            if (answer.status() < 400 || answer.status() > 499 || !names(answer, mutant.field())) {
                String text = answer.text();
                wrong.add("%s -> %d %s"
                        .formatted(mutant, answer.status(), text.substring(0, Math.min(300, text.length()))));
            } else {
                HostileServer.assertWellMannered(answer);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void null_says_the_same_as_leaving_a_field_out(ContractOperation operation) {
        TestClient client = server.clientFor(operation);
        List<String> different = new ArrayList<>();
        for (NullField field : NullField.of(operation.body().orElseThrow())) {
            String without = field.without().toString();
            // Once before, so that whatever it changes is changed.
            server.send(operation, client, server.path(operation), without);
            Answer expected = server.send(operation, client, server.path(operation), without);
            Answer answer = server.send(
                    operation, client, server.path(operation), field.with().toString());
            if (answer.status() != expected.status() || !errors(answer).equals(errors(expected))) {
                different.add("%s -> %d %s instead of %d %s"
                        .formatted(field, answer.status(), answer.text(), expected.status(), expected.text()));
            }
        }
        assertThat(different).isEmpty();
    }

    /** Which fields are refused, and for what. */
    private static List<String> errors(Answer answer) {
        return answer.status() < 400
                ? List.of()
                : answer.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.get("field").asString() + " "
                                + error.get("code").asString())
                        .toList();
    }

    /** Whether one of the errors is of the field and says what was expected there. */
    private static boolean names(Answer answer, String field) {
        for (JsonNode error : answer.json().path("errors")) {
            String named = error.get("field").asString();
            // A version's document is called so in a batch, and when it is published alone.
            boolean whole = field.equals("body") && named.equals("document");
            if ((named.equals(field) || whole)
                    && !error.path("expected").asString("").isBlank()) {
                return true;
            }
        }
        return false;
    }

    /** Read by machines alone, character by character; the forms of versions, ranges and images are checked elsewhere. */
    private static final Set<String> FOR_MACHINES = Set.of("version", "range", "image", "value");

    @ParameterizedTest
    @MethodSource("operations")
    void a_text_has_a_form_or_is_held_to_be_visible(ContractOperation operation) {
        List<String> free = new ArrayList<>();
        noteFreeTexts(operation.body().orElseThrow(), "", free);

        assertThat(free).isEmpty();
    }

    private static void noteFreeTexts(Schema schema, String field, List<String> free) {
        for (Schema alternative : schema.alternatives()) {
            alternative.properties().forEach((name, property) -> {
                String at = field.isEmpty() ? name : field + "." + name;
                boolean text = property.type().equals("string");
                if (text
                        && !FOR_MACHINES.contains(name)
                        && !property.node().has("enum")
                        && !property.node().has("format")
                        && !property.node().has("pattern")) {
                    free.add(at);
                }
                if (property.type().equals("object") && !property.isMap()) {
                    noteFreeTexts(property, at, free);
                } else if (property.type().equals("array")) {
                    noteFreeTexts(property.items(), at + "[]", free);
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void what_is_no_document_at_all_is_refused(ContractOperation operation) {
        List<byte[]> bodies = new ArrayList<>(List.of(
                bytes("{"),
                bytes("[]"),
                bytes("7"),
                bytes("\"text\""),
                bytes("{\"a\": 1, \"a\": 2}"),
                bytes("[".repeat(100_000)),
                bytes("{\"a\":".repeat(70) + "1" + "}".repeat(70)),
                bytes("{\"" + "k".repeat(2_000) + "\": 1}"),
                bytes("{\"a\": 1e999}"),
                bytes("{} {}"),
                bytes("{\"a\": \"" + "a".repeat(5 * 1024 * 1024) + "\"}"),
                new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'},
                new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'},
                "{}".getBytes(StandardCharsets.UTF_16)));
        boolean batch = operation.jsonType().orElseThrow().equals("application/jsonl");
        if (operation.needsBody()) {
            bodies.add(bytes("null"));
        }
        if (operation.needsBody() && !batch) {
            // A batch of nothing is what an empty catalogue exports.
            bodies.addAll(List.of(bytes(""), bytes("  ")));
        }
        TestClient client = server.clientFor(operation);
        for (byte[] body : bodies) {
            assertRefused(server.send(operation, client, server.path(operation), BodyPublishers.ofByteArray(body)));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void another_type_than_the_contract_names_is_refused_with_those_that_it_does(ContractOperation operation) {
        for (String type : List.of("text/xml", "text/plain", "application/octet-stream", "nonsense")) {
            Answer answer = server.clientFor(operation)
                    .send(operation.method(), server.path(operation), BodyPublishers.ofString("{}"), type);
            assertThat(answer.status()).as(type).isEqualTo(415);
            assertRefused(answer);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
