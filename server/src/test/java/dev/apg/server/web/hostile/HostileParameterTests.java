package dev.apg.server.web.hostile;

import static dev.apg.server.web.hostile.HostileServer.assertRefused;
import static dev.apg.server.web.hostile.HostileServer.assertWellMannered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Paths, queries and headers that break the contract, at every operation of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileParameterTests {
    private final HostileServer server = new HostileServer();

    @AfterEach
    void nothingWasAnError() {
        assertThat(server.loggedErrors()).isEmpty();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    List<ContractOperation> operations() {
        return server.operations();
    }

    List<ContractOperation> operationsWithToken() {
        return operations().stream()
                .filter(operation -> operation.needsToken() || operation.needsPlatformKey())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void a_path_that_names_nothing_is_refused_however_it_is_spelled(ContractOperation operation) {
        for (JsonNode parameter : operation.parameters("path")) {
            for (String value : List.of(
                    "nothing-like-it",
                    "%00",
                    "a%00b",
                    "%ff",
                    "..%2F..%2Fme",
                    "%2e%2e",
                    "%F0%9F%92%A5",
                    "%E2%80%AE",
                    "%20",
                    "-1",
                    "1.0.0%2Bbuild%20",
                    "99999999999999999999",
                    "a".repeat(300),
                    "a".repeat(10_000),
                    "'%20OR%201=1--")) {
                String path = server.path(new ContractOperation(
                        operation.method(),
                        operation.path().replace("{" + parameter.get("name").asString() + "}", value),
                        operation.definition(),
                        operation.schemas()));
                assertRefused(server.send(operation, server.clientFor(operation), path));
            }
        }
    }

    List<ContractOperation> operationsWithAddressesOfOurs() {
        return operations().stream()
                .filter(HostileParameterTests::isAddressOfOurs)
                .toList();
    }

    /** Or one that identity providers make, with more in it than anybody reads, and a state that is no word: SignOnAttackTests. */
    private static boolean isAddressOfOurs(ContractOperation operation) {
        return !operation.id().equals("completeSignOn");
    }

    @ParameterizedTest
    @MethodSource("operationsWithAddressesOfOurs")
    void a_query_parameter_that_nobody_reads_is_refused_by_name(ContractOperation operation) {
        Answer answer = server.send(operation, server.clientFor(operation), server.path(operation) + "?surprise=1");
        assertRefused(answer);
        assertThat(answer.problem()).isEqualTo("parameter.unknown");
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("surprise");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void a_query_parameter_never_breaks_the_server_and_its_bounds_are_told(ContractOperation operation) {
        TestClient client = server.clientFor(operation);
        for (JsonNode parameter : operation.parameters("query")) {
            String name = parameter.get("name").asString();
            String query = server.path(operation) + "?" + name + "=";
            for (String value : List.of(
                    "",
                    "%20",
                    "%00",
                    "%ff",
                    "%F0%9F%92%A5",
                    "-1",
                    "0",
                    "101",
                    "1e9",
                    "99999999999999999999",
                    "abc",
                    "*",
                    "%28%5B%7B%22%27",
                    "a%20AND%20OR%20NOT%20%7E2",
                    "1.-1",
                    "true;drop",
                    "a".repeat(3_000))) {
                assertWellMannered(server.send(operation, client, query + value));
            }
            assertRefused(server.send(operation, client, query + "a".repeat(4_500)));
            if (!parameter.at("/schema/type").asString("").equals("array")) {
                Answer repeated = server.send(operation, client, query + "1&" + name + "=2");
                assertRefused(repeated);
                assertThat(repeated.text()).contains(name);
            }
            for (String value : isAddressOfOurs(operation) ? outside(parameter) : List.<String>of()) {
                Answer answer = server.send(operation, client, query + value);
                assertRefused(answer);
                assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo(name);
                assertThat(answer.json().at("/errors/0/expected").asString()).isNotBlank();
            }
        }
    }

    /** What a parameter never takes. */
    private static List<String> outside(JsonNode parameter) {
        return switch (parameter.get("name").asString()) {
            case "limit" -> {
                int most = parameter.at("/schema/maximum").asInt(1_000);
                yield List.of("0", Integer.toString(most + 1), "abc", "-1", "1.5", "");
            }
            case "cursor" -> List.of("garbage", "AAAA", "%25", "x".repeat(3_000));
            case "transitive", "dry_run" -> List.of("maybe", "1", "TRUE", "");
            case "depth", "nodes" -> List.of("-1", "abc", "99999");
            case "direction", "sort", "state", "type", "status" -> List.of("sideways", "");
            case "after" -> List.of("-1", "abc");
            default -> List.of();
        };
    }

    @ParameterizedTest
    @MethodSource("operationsWithToken")
    void a_header_that_is_malformed_is_refused_by_name(ContractOperation operation) {
        for (JsonNode parameter : operation.parameters("header")) {
            String name = parameter.get("name").asString();
            List<String> values = switch (name) {
                case "If-Match" -> List.of("7", "\"", "\"7", "W/", "\"7\",", "\"" + "7".repeat(3_000) + "\"");
                case "X-APG-Min-Seq" ->
                    List.of("", "x", "1.", ".1", "-1.5", "1.-5", "0.0", "99999999999999999999.1", "1.2.3", "1");
                // What is no tag is none that the client keeps; the next test sends some.
                case "If-None-Match" -> List.of();
                case "Idempotency-Key" -> List.of("k".repeat(3_000), "k".repeat(256), " ", "a b");
                default -> throw new AssertionError("nobody said what is wrong for " + name);
            };
            for (String value : values) {
                // A client of its own: the others send good values of the same headers.
                TestClient client = (operation.needsPlatformKey()
                                ? server.server().platform()
                                : server.server().client())
                        .with(name, value);
                if (!name.equals("If-Match") && operation.hasHeader("If-Match")) {
                    client = client.with("If-Match", "*");
                }
                Answer answer = server.send(operation, client, server.path(operation));
                assertRefused(answer);
                assertThat(answer.text()).as("%s: %s", name, value).contains(name);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operationsWithToken")
    void a_kept_answer_with_a_malformed_tag_is_sent_again(ContractOperation operation) {
        if (operation.hasHeader("If-None-Match")) {
            int status = server.send(operation, server.callerOf(operation), server.path(operation))
                    .status();
            for (String value : List.of("7", "\"", "\"7", "W/", "\"7\",", "\"" + "7".repeat(3_000) + "\"")) {
                TestClient client = server.callerOf(operation).with("If-None-Match", value);
                Answer answer = server.send(operation, client, server.path(operation));
                assertThat(answer.status()).as(value).isEqualTo(status);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operationsWithToken")
    void a_change_without_the_edition_that_it_is_for_is_refused(ContractOperation operation) {
        if (operation.hasHeader("If-Match")) {
            Answer missing = server.send(operation, server.callerOf(operation), server.path(operation));
            assertThat(missing.status()).isEqualTo(428);
            assertRefused(missing);
            Answer stale = server.send(
                    operation, server.callerOf(operation).with("If-Match", "\"123456\""), server.path(operation));
            // A rule that the body breaks may be told first.
            assertThat(stale.status()).as(stale.text()).isIn(412, 422);
            assertRefused(stale);
        }
    }

    @ParameterizedTest
    @MethodSource("operationsWithToken")
    void without_a_token_of_ours_nothing_is_done(ContractOperation operation) {
        TestClient nobody = server.server().anonymous().with("If-Match", "*");
        for (TestClient client : List.of(
                nobody,
                nobody.with("Authorization", "Bearer nonsense"),
                nobody.with("Authorization", "Bearer "),
                nobody.with("Authorization", "Basic YTpi"),
                nobody.with("Authorization", "Bearer " + "a".repeat(3_000)),
                nobody.with("Authorization", "Bearer " + server.server().token() + "x"))) {
            Answer answer = server.send(operation, client, server.path(operation));
            assertThat(answer.status()).as(answer.text()).isEqualTo(401);
            assertRefused(answer);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void another_method_is_refused_with_those_that_there_are(ContractOperation operation) {
        for (String method : List.of("PATCH", "DELETE", "PUT", "POST")) {
            boolean known = operations().stream()
                    .anyMatch(other -> other.path().equals(operation.path())
                            && other.method().equals(method));
            if (!known) {
                Answer answer = server.client()
                        .send(method, server.path(operation), BodyPublishers.ofString("{}"), "application/json");
                assertThat(answer.status()).as(answer.text()).isEqualTo(405);
                assertThat(answer.header("Allow").orElse("")).contains(operation.method());
                assertRefused(answer);
            }
        }
    }
}
