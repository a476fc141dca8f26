package dev.apg.server.capability;

import static dev.apg.server.capability.Registry.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.capability.Publication;
import dev.apg.contract.capability.Warning;
import dev.apg.server.tenancy.Role;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is not published, and how that is said. */
class RefusedPublicationTests {
    @AutoClose
    private static final TestServer server = TestServer.start();

    private Registry registry;

    @BeforeEach
    void freshTenant() {
        registry = Registry.of(server);
    }

    @Test
    void other_content_under_the_same_number_is_a_conflict_that_names_both_digests() {
        Answer first = registry.publish(version("redis", "1.0.0"));
        Answer other = registry.publish(version("redis", "1.0.0") + "cost: 5\n");

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.problem()).isEqualTo("version.digest_differs");
        assertThat(other.json().get("detail").asString())
                .contains(first.as(Publication.class).digest())
                .containsPattern(
                        "version: redis@1.0.0 \\(expected: another version number: .* here it is sha256:[0-9a-f]{64}\\)");
    }

    @Test
    void a_number_where_yaml_needs_quotes_is_refused_with_them() {
        String detail = registry.publish("""
                        format: apg.version/1
                        capability: quoted
                        version: 1.0
                        requirements: [{name: other, capability: other, range: 2}]
                        runtime:
                          image: registry.example/quoted:1
                          resources: {requests: {cpu: 2}}
                        """).text();

        assertThat(detail)
                .contains("text in quotes, with the three numbers of SemVer, such as \\\"1.0.0\\\"")
                .contains("text in quotes: \\\"2\\\"");
        // 1.10 is the number 1.1, so that its text is not known any more.
        assertThat(registry.publish("format: apg.version/1\ncapability: quoted\nversion: 1.10\n")
                        .text())
                .contains("such as \\\"1.0.0\\\"")
                .doesNotContain("1.1.0");
        assertThat(registry.publish("format: apg.version/1\ncapability: quoted\nversion: 7\n")
                        .text())
                .contains("with the three numbers of SemVer: \\\"7.0.0\\\"");
    }

    @Test
    void a_number_that_no_field_can_hold_is_refused_beside_all_else_that_is_wrong() {
        Answer answer = registry.publish(version("counted", "1.0.0") + """
                        runtime:
                          image: registry.example/counted:1
                          replicas: 2147483648
                          ports: [{name: main, port: 9223372036854775807}]
                        colour: red
                        """);

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().get("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("runtime.replicas", "runtime.ports[0].port", "colour");
        assertThat(answer.text()).contains("a whole number of at most 2147483647");
    }

    @Test
    void a_number_in_quotes_is_refused_with_the_word_that_they_are_wrong() {
        String detail = registry.publish(version("counted", "1.0.0") + """
                        runtime:
                          image: registry.example/counted:1
                          replicas: "2"
                          ports: [{name: http, port: "8080"}]
                        """).text();

        assertThat(detail).contains("a whole number, without quotes");
        assertThat(registry.publish(version("counted", "1.0.0") + "runtime: {image: a, replicas: two}\n")
                        .text())
                .contains("a whole number")
                .doesNotContain("without quotes");
    }

    @Test
    void a_secret_is_described_in_one_line_that_can_be_seen() {
        for (String unseen : List.of(
                "a\u200bb",
                "a\u2060b",
                "a\ufeffb",
                "a\u00adb",
                "a\u200eb",
                "a\u202eb",
                "a\u180eb",
                "\u3164",
                "a\\u0007b",
                "a\\nb",
                " ",
                "\u00a0\u2003",
                "\u200d\u200c",
                "")) {
            Answer refused = registry.publish(described("1.0.0", unseen));

            assertThat(refused.status()).as(unseen).isEqualTo(422);
            assertThat(refused.json().at("/errors/0/field").asString())
                    .isEqualTo("runtime.environment[0].secret.description");
            assertThat(refused.json().at("/errors/0/expected").asString()).isNotBlank();
        }
        // Persian, and an emoji of several, are written with characters that take no room.
        assertThat(registry.publish(described(
                                "1.0.0",
                                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \ud83d\udc69\u200d\ud83d\udcbb"))
                        .status())
                .isEqualTo(201);
        assertThat(registry.publish(described("1.1.0", "x".repeat(500))).status())
                .isEqualTo(201);
        assertThat(registry.publish(described("1.2.0", "x".repeat(501))).status())
                .isEqualTo(422);
        assertThat(registry.publish(described("1.2.0", " ".repeat(500) + "x")).status())
                .isEqualTo(422);
    }

    private static String described(String number, String description) {
        return version("secretive", number) + """
                runtime:
                  image: registry.example/secretive:1
                  environment:
                    - {name: PASSWORD, secret: {name: store, key: password, description: "%s"}}
                """.formatted(description);
    }

    @Test
    void a_reference_to_nothing_is_refused_with_its_field() {
        Answer refused = registry.publish(version("cart", "1.0.0") + """
                requirements:
                  - {capability: nowhere}
                  - {name: any, any_of: [{service: nothing}, {capability: also-nowhere}]}
                conflicts:
                  - {capability: no-enemy}
                """);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(fields(refused))
                .containsExactlyInAnyOrder(
                        "requirements[0].capability",
                        "requirements[1].any_of[0].service",
                        "requirements[1].any_of[1].capability",
                        "conflicts[0].capability");
        assertThat(registry.version("cart", "1.0.0", "").status()).isEqualTo(404);
    }

    @Test
    void a_service_that_nobody_provides_must_be_declared_first() {
        String document = version("cart", "1.0.0") + "requirements: [{service: store, range: ^1.0.0}]\n";
        assertThat(registry.publish(document).problem()).isEqualTo("service.unknown");

        Answer declared = registry.client.post("/api/v1/services", "{\"service\":\"Store\"}");
        assertThat(declared.status()).as(declared.text()).isEqualTo(201);
        assertThat(registry.client
                        .post("/api/v1/services", "{\"service\":\"store\"}")
                        .problem())
                .isEqualTo("service.exists");

        Answer published = registry.publish(document);
        assertThat(published.status()).isEqualTo(201);
        assertThat(warnings(published)).containsExactly("range.matches_nothing");
    }

    @Test
    void a_version_that_requires_its_own_capability_is_refused() {
        Answer refused = registry.publish(version("cart", "1.0.0") + "requirements: [{capability: CART, range: <1}]\n");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(codes(refused)).containsExactly("requirement.self");
    }

    @Test
    void a_cycle_published_one_by_one_is_refused() {
        String a = version("a", "1.0.0") + "requirements: [{capability: b}]\n";
        String b = version("b", "1.0.0") + "requirements: [{capability: a}]\n";

        assertThat(registry.publish(a).problem()).isEqualTo("capability.unknown");
        assertThat(registry.publish(b).problem()).isEqualTo("capability.unknown");
    }

    @Test
    void every_error_of_a_document_is_reported_with_its_line() {
        Answer refused = registry.publish("""
                format: apg.version/1
                capability: cart
                version: "1.0"
                colour: red
                provides:
                  - {service: cart, version: one}
                requirements:
                  - {capability: store, range: "not a range"}
                  - {capability: a, service: b}
                  - {capability: store, name: store}
                cost: -1
                runtime:
                  image: Not An Image
                  ports: [{name: http, port: 70000}]
                """);

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(errors(refused))
                .extracting(error ->
                        error.get("field").asString() + ":" + error.get("line").asInt())
                .contains(
                        "version:3",
                        "colour:4",
                        "provides[0].version:6",
                        "requirements[0].range:8",
                        "requirements[1]:9",
                        "requirements[2].name:10",
                        "cost:11",
                        "runtime.image:13",
                        "runtime.ports[0].port:14");
    }

    @Test
    void a_number_that_is_not_semver_is_refused() {
        for (String number : List.of("1", "1.2", "v1.2.3", "01.2.3", "1.2.3-", "one", "1.2.3.4")) {
            Answer refused = registry.publish(version("cart", "\"" + number + "\""));
            assertThat(refused.status()).as(number).isEqualTo(422);
            assertThat(codes(refused)).as(number).containsExactly("version.malformed");
        }
    }

    @Test
    void the_document_must_be_of_the_capability_in_the_path() {
        Answer refused = registry.publishAs("other", version("cart", "1.0.0"));

        assertThat(codes(refused)).containsExactly("capability.differs");
    }

    @Test
    void somebody_who_only_reads_may_not_publish() {
        Answer refused = Registry.of(server, Role.OBSERVER).publish(version("cart", "1.0.0"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("permission.denied");
    }

    private static List<String> warnings(Answer answer) {
        return answer.as(Publication.class).warnings().stream()
                .map(Warning::code)
                .toList();
    }

    private static List<JsonNode> errors(Answer answer) {
        return StreamSupport.stream(answer.json().get("errors").spliterator(), false)
                .toList();
    }

    private static List<String> fields(Answer answer) {
        return errors(answer).stream()
                .map(error -> error.get("field").asString())
                .toList();
    }

    private static List<String> codes(Answer answer) {
        return errors(answer).stream()
                .map(error -> error.get("code").asString())
                .toList();
    }
}
