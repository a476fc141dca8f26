package dev.apg.server.web.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestProvider;
import dev.apg.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The same tenant does everything that the OpenAPI document offers on two servers. One of them has another tenant, too, with
 * things of the same names. Each answer must be the same on both, and nothing of the other tenant in any.
 */
class IsolationWalkTests {
    /** In every text that the other tenant has. */
    private static final String CANARY = "zebrafinch";

    /** Filters and words that might find what another tenant has. */
    private static final Map<String, String> QUERIES = Map.of(
            "q",
            CANARY,
            "prefix",
            "b",
            "tag",
            CANARY,
            "owner",
            CANARY,
            "root",
            "box",
            "service",
            "box",
            "category",
            CANARY,
            "actor",
            "platform",
            "limit",
            "1");

    /** These tell how far a job has come. */
    private static final List<String> SEALED = List.of("/audit/export", "/audit/verification");

    @Test
    void a_tenants_answers_are_the_same_whatever_another_one_has() {
        try (TestProvider provider = TestProvider.start();
                TestServer alone = TestServer.start();
                TestServer shared = TestServer.start()) {
            populate(neighbour(shared), provider, CANARY + " ");
            // Of one document: another one may name alternatives in another order.
            List<ContractOperation> operations = operations(alone);
            Map<String, String> expected = walk(alone, provider, operations);
            Map<String, String> answers = walk(shared, provider, operations);

            assertThat(expected).hasSizeGreaterThan(100);
            assertThat(answers.keySet()).isEqualTo(expected.keySet());
            expected.forEach((asked, answer) -> {
                if (SEALED.stream().noneMatch(asked::contains)) {
                    assertThat(answers.get(asked)).as(asked).isEqualTo(answer);
                }
            });
            answers.forEach((asked, answer) -> assertThat(asked.contains(CANARY) ? answer.replace(CANARY, "") : answer)
                    .as(asked)
                    .doesNotContain(CANARY));
        }
    }

    private static TestClient neighbour(TestServer server) {
        Answer made = server.platform().post("/api/v1/tenants", Map.of("code", CANARY, "name", CANARY + " and sons"));
        return server.client(made.json().at("/administrator/text").asString());
    }

    /** One of everything, called box; the neighbour has more, and newer versions. */
    private static void populate(TestClient client, TestProvider provider, String words) {
        List<String> numbers =
                words.isEmpty() ? List.of("1.0.0", "1.1.0") : List.of("1.0.0", "1.1.0", "1.2.0", "2.0.0");
        String seq = "";
        for (String code : words.isEmpty() ? List.of("box") : List.of("box", "boxes", CANARY)) {
            for (String number : numbers) {
                Answer published = client.post("/api/v1/capabilities/%s/versions".formatted(code), """
                        {"format": "apg.version/1", "capability": "%s", "version": "%s",
                         "provides": [{"service": "%s", "version": "1.0.0"}],
                         "about": {"display_name": "%sBox", "description": "%sholds things", "owner": "%steam",
                                   "tags": ["%stag"], "category": "%sstorage"}}
                        """.formatted(
                                code, number, code, words, words, words, words.strip(), words));
                assertThat(published.status()).as(published.text()).isEqualTo(201);
                seq = published.header("X-APG-Seq").orElseThrow();
            }
        }
        TestClient later = client.with("X-APG-Min-Seq", seq).with("If-Match", "*");
        for (Answer done : List.of(
                later.post("/api/v1/compositions", Map.of("code", "box", "description", words + "shop")),
                later.post(
                        "/api/v1/compositions/box/draft/operations",
                        "{\"operations\": [{\"op\": \"add_member\", \"capability\": \"box\"}]}"),
                later.post("/api/v1/compositions/box/revisions", Map.of("message", words + "first")),
                later.post(
                        "/api/v1/roles",
                        Map.of("code", "box", "description", words, "permissions", List.of("catalog:read"))),
                later.post("/api/v1/teams", Map.of("code", "box", "display_name", words + "team")),
                later.post(
                        "/api/v1/identity-providers",
                        Map.of(
                                "code",
                                "box",
                                "display_name",
                                words + "people",
                                "issuer",
                                provider.url(),
                                "client_id",
                                "apg",
                                "client_secret",
                                words + "secret")),
                later.post("/api/v1/tokens", Map.of("label", words + "spare", "role", "observer")))) {
            assertThat(done.status()).as(done.text()).isBetween(200, 201);
        }
    }

    private static Map<String, String> walk(
            TestServer server, TestProvider provider, List<ContractOperation> operations) {
        populate(server.client(), provider, "");
        var walk = new Walk(server.client());
        operations.forEach(operation -> walk.ask("1 ", operation, "box"));
        operations.forEach(operation -> walk.ask("2 ", operation, CANARY));
        operations.stream()
                .filter(operation -> harm(operation) == 0)
                .forEach(operation -> walk.ask("3 ", operation, "box"));
        return walk.answers;
    }

    private static List<ContractOperation> operations(TestServer server) {
        return ContractOperation.of(server).stream()
                .filter(ContractOperation::needsToken)
                .sorted(Comparator.comparing(IsolationWalkTests::harm).thenComparing(ContractOperation::id))
                .toList();
    }

    /** What destroys comes last. */
    private static int harm(ContractOperation operation) {
        return switch (operation.method()) {
            case "GET" -> 0;
            case "POST" -> 1;
            case "DELETE" -> 3;
            default -> 2;
        };
    }

    /** What was asked, and the answers; each is of a server that shows what was done before. */
    private static final class Walk {
        private final TestClient client;
        private final Map<String, String> answers = new LinkedHashMap<>();
        private String seq = "1.1";

        Walk(TestClient client) {
            this.client = client.with("If-Match", "*");
            JsonNode events = client.get("/api/v1/events?limit=100").json().get("items");
            this.seq = events.get(events.size() - 1).get("cursor").asString();
        }

        void ask(String turn, ContractOperation operation, String name) {
            String path = operation
                    .path()
                    .replace("{code}", name)
                    .replace("{number}", operation.path().contains("/revisions/") ? "1" : "1.0.0")
                    .replace("{grantee}", "team:box")
                    .replace("{member}", "token:00000000-0000-7000-8000-00000000000a")
                    .replace("{id}", "00000000-0000-7000-8000-00000000000a");
            if (operation.method().equals("GET")) {
                queries(operation).forEach(query -> put(turn, "GET", path + query, BodyPublishers.noBody(), null));
            } else {
                String type = operation.jsonType().orElse(null);
                String body = type == null
                        ? ""
                        : operation.body().orElseThrow().sample().toString();
                put(turn, operation.method(), path, BodyPublishers.ofString(body), type);
            }
        }

        private static List<String> queries(ContractOperation operation) {
            return Stream.concat(
                            Stream.of(""),
                            operation.parameters("query").stream()
                                    .map(parameter -> parameter.get("name").asString())
                                    .filter(QUERIES::containsKey)
                                    .map(query -> "?" + query + "=" + QUERIES.get(query)))
                    .toList();
        }

        private void put(String turn, String method, String path, BodyPublisher body, String type) {
            Answer answer = client.with("X-APG-Min-Seq", seq).send(method, path, body, type);
            if (!method.equals("GET")) {
                seq = answer.header("X-APG-Seq").orElse(seq);
            }
            answers.put(turn + method + " " + path, shown(answer));
        }
    }

    /** Without clocks and what is random. */
    static String shown(Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(List.of("date", "connection", "x-request-id", "content-length", "etag", "location"));
        return (answer.status() + " " + headers + " " + Archives.text(answer))
                .replaceAll("apg_[A-Za-z0-9_-]{20,}", "TOKEN")
                .replaceAll("apgc?[_-][A-Za-z0-9_-]{20,}", "CLIENT")
                .replaceAll("\"(next_cursor|hash|client_id|client_secret|secret)\":\"[^\"]+\"", "\"$1\":\"OPAQUE\"")
                // In the headers of an archive: a time, and a sum with it.
                .replaceAll("[0-7]{11}\\W[0-7]{11}\\W[0-7]{6}", "TAR")
                .replaceAll("sha256:[0-9a-f]{64}", "DIGEST")
                .replaceAll("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
                .replaceAll("\"request_id\":\"[^\"]+\"", "REQUEST")
                .replaceAll("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z?", "TIME");
    }
}
