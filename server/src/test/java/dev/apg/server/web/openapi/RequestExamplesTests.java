package dev.apg.server.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestProvider;
import dev.apg.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;

class RequestExamplesTests {
    /** An operation with a body, as the document tells it. */
    private record Operation(String method, String path, JsonNode definition) {
        String id() {
            return definition.get("operationId").asString();
        }

        JsonNode example(String type) {
            return definition.at("/requestBody/content").path(type).path("example");
        }

        /** With the values that the document shows for its parameters. */
        String examplePath() {
            String filled = path;
            for (JsonNode parameter : definition.path("parameters").values()) {
                if (parameter.get("in").asString().equals("path")) {
                    filled = filled.replace(
                            "{" + parameter.get("name").asString() + "}",
                            parameter.path("example").asString("?"));
                }
            }
            return filled;
        }
    }

    /** Their codes change every half minute, and one needs a mail server: SecondFactorTests and MailTests send them. */
    private static final Set<String> OF_THE_MOMENT = Set.of(
            "beginOwnFactor",
            "confirmAtLogin",
            "confirmOwnFactor",
            "enrolAtLogin",
            "proveSecondFactor",
            "remindOfPassword",
            "removeOwnFactor",
            "renewOwnRecoveryCodes");

    /** Stands in the path of an example for the account that an example before has invited. */
    private static final String SOME_ACCOUNT = "01a20140-e16f-7000-a69a-5de1fb050c76";

    /** Likewise for the key that signs, which is another one at each server. */
    private static final String SOME_KEY = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

    @Test
    void every_body_has_an_example_and_the_server_takes_them_one_after_the_other() throws Exception {
        try (var server = TestServer.start();
                var provider = TestProvider.start();
                var file = new ClassPathResource("openapi/request-examples.json").getInputStream()) {
            Map<String, Operation> operations = operations(server);
            List<String> told = new ArrayList<>();
            TestClient client = server.client().with("If-Match", "*");
            Optional<String> seen = Optional.empty();
            JsonNode credentials = WireJson.MAPPER.createObjectNode();
            TestClient person = server.anonymous();
            for (JsonNode entry : WireJson.MAPPER.readTree(file).values()) {
                String id = entry.get("operation").asString();
                assertThat(operations).containsKey(id);
                told.add(id);
                if (OF_THE_MOMENT.contains(id)) {
                    continue;
                }
                TestClient after =
                        seen.map(since -> client.with("X-APG-Min-Seq", since)).orElse(client);
                JsonNode security = operations.get(id).definition().path("security");
                TestClient caller = security.path(0).has("platform")
                        ? server.platform().with("If-Match", "*")
                        : security.path(0).has("session")
                                ? person
                                : security.isMissingNode() ? after : server.anonymous();
                String key = server.anonymous()
                        .get("/api/auth/keys")
                        .json()
                        .at("/keys/0/kid")
                        .asString();
                Answer answer = send(caller, operations.get(id), credentials, key, provider.url());
                Optional<String> cursor = answer.header("X-APG-Seq");
                seen = cursor.isPresent() ? cursor : seen;
                if (answer.body().length == 0) {
                    continue;
                }
                if (answer.json().has("client_secret") || answer.json().has("invitation")) {
                    credentials = answer.json();
                }
                if (answer.json().has("csrf_token")) {
                    person = server.anonymous()
                            .with(
                                    "Cookie",
                                    answer.header("Set-Cookie").orElseThrow().split(";", 2)[0])
                            .with("X-APG-CSRF", answer.json().get("csrf_token").asString());
                }
            }
            assertThat(told).containsExactlyInAnyOrderElementsOf(operations.keySet());
        }
    }

    /** Sends the first type. */
    private static Answer send(
            TestClient client, Operation operation, JsonNode credentials, String key, String provider) {
        List<String> types =
                List.copyOf(operation.definition().at("/requestBody/content").propertyNames());
        for (String type : types) {
            assertThat(operation.example(type).isObject())
                    .as(operation.id() + " has no example of " + type)
                    .isTrue();
        }
        String type = types.getFirst();
        Answer answer = client.send(
                operation.method(),
                operation
                        .examplePath()
                        .replace(SOME_KEY, key)
                        .replace(SOME_ACCOUNT, credentials.at("/account/id").asString("")),
                BodyPublishers.ofString(withCredentials(operation.example(type).toString(), credentials)
                        .replace("https://login.example.com/acme", provider)),
                type);
        assertThat(answer.status()).as("%s %s", operation.id(), answer.text()).isBetween(200, 299);
        JsonNode told = operation
                .definition()
                .path("responses")
                .path(Integer.toString(answer.status()))
                .path("headers");
        assertThat(told.has("ETag"))
                .as("%s: whether an ETag is told", operation.id())
                .isEqualTo(answer.header("ETag").isPresent());
        return answer;
    }

    /** No example can know the secret that the server will draw. */
    private static String withCredentials(String example, JsonNode credentials) {
        return example.replace(
                        "the client_id that creating the client gave",
                        credentials.at("/client/client_id").asString(""))
                .replace(
                        "the token that the invitation gave",
                        credentials.at("/invitation/token").asString(""))
                .replace(
                        "the client_secret that creating the client gave",
                        credentials.path("client_secret").asString(""));
    }

    private static Map<String, Operation> operations(TestServer server) {
        Map<String, Operation> operations = new HashMap<>();
        JsonNode document = server.anonymous().get("/api/openapi.json").json();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    var operation =
                            new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue());
                    if (operation.definition().has("requestBody")) {
                        operations.put(operation.id(), operation);
                    }
                }));
        return operations;
    }
}
