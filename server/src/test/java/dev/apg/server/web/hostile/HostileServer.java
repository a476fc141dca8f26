package dev.apg.server.web.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestProvider;
import dev.apg.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A server with one of everything, all called {@code box}, whose log is watched. */
final class HostileServer implements AutoCloseable {
    private final TestServer server = TestServer.start();
    private final TestProvider provider = TestProvider.start();
    private final Errors errors = new Errors();
    private final TestClient client;
    private final String token;
    private final String observerToken;
    private final String clientId;
    private final JsonNode credentials;
    private final String accountId;
    private final String pipelineId;

    /** Keeps what the server calls an error. */
    private static final class Errors extends AppenderBase<ILoggingEvent> {
        private final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
                messages.add(event.getLoggerName() + ": " + event.getFormattedMessage());
            }
        }
    }

    HostileServer() {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        errors.setContext(root.getLoggerContext());
        errors.start();
        root.addAppender(errors);
        TestClient administrator = server.client();
        Answer published = administrator.post(
                "/api/v1/capabilities/box/versions",
                "{\"format\": \"apg.version/1\", \"capability\": \"box\", \"version\": \"1.0.0\","
                        + " \"provides\": [{\"service\": \"box\", \"version\": \"1.0.0\"}]}");
        assertThat(published.status()).as(published.text()).isEqualTo(201);
        client = administrator.with(
                "X-APG-Min-Seq", published.header("X-APG-Seq").orElseThrow());
        created(client.post("/api/v1/compositions", "{\"code\": \"box\"}"));
        created(client.post(
                "/api/v1/compositions/box/draft/operations",
                "{\"operations\": [{\"op\": \"add_member\", \"capability\": \"box\"}]}"));
        created(client.with("If-Match", "*").post("/api/v1/compositions/box/revisions", "{}"));
        List.of("box", "bix").forEach(code -> created(server.platform().post("/api/v1/tenants", Map.of("code", code))));
        Answer issued = client.post("/api/v1/tokens", "{\"label\": \"spare\", \"role\": \"observer\"}");
        created(issued);
        created(client.post("/api/v1/roles", "{\"code\": \"box\", \"permissions\": [\"catalog:read\"]}"));
        created(client.post("/api/v1/teams", "{\"code\": \"box\"}"));
        created(client.post(
                "/api/v1/identity-providers",
                Map.of("code", "box", "issuer", provider.url(), "client_id", "apg", "client_secret", "box")));
        token = issued.json().at("/token/id").asString();
        observerToken = client.post("/api/v1/tokens", Map.of("label", "watcher", "role", "observer"))
                .json()
                .at("/text")
                .asString();
        Answer created = client.post("/api/v1/clients", "{\"label\": \"spare\", \"role\": \"observer\"}");
        created(created);
        clientId = created.json().at("/client/id").asString();
        credentials = created.json();
        Answer trusted = client.post(
                "/api/v1/pipelines",
                "{\"label\": \"spare\", \"issuer\": \"https://ci.example\", \"claims\": {\"sub\": \"box\"},"
                        + " \"capabilities\": [\"box\"]}");
        created(trusted);
        pipelineId = trusted.json().get("id").asString();
        Answer invited = client.post(
                "/api/v1/accounts", "{\"email\": \"box@example.com\", \"name\": \"Box\", \"role\": \"observer\"}");
        created(invited);
        accountId = invited.json().at("/account/id").asString();
    }

    private static void created(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
    }

    List<ContractOperation> operations() {
        return ContractOperation.of(server);
    }

    TestServer server() {
        return server;
    }

    /** A client of the administrator, who sees everything that is there. */
    TestClient client() {
        return client;
    }

    /** An example with the client's secret, which no example can know. */
    String withCredentials(String example) {
        return example.replace(
                        "the client_id that creating the client gave",
                        credentials.at("/client/client_id").asString())
                .replace(
                        "the client_secret that creating the client gave",
                        credentials.get("client_secret").asString());
    }

    /** Of somebody who may only read. */
    String observerToken() {
        return observerToken;
    }

    /** What was logged as an error so far. */
    List<String> loggedErrors() {
        return errors.messages;
    }

    /** The path of what exists; what ends is not what the other operations are tried on. */
    String path(ContractOperation operation) {
        return operation
                .path()
                .replace("{code}", operation.id().equals("deleteTenant") ? "bix" : "box")
                .replace("{number}", operation.path().contains("/revisions/") ? "1" : "1.0.0")
                .replace("{grantee}", "team:box")
                .replace("{tenant}", "default")
                .replace("{provider}", "box")
                .replace("{kid}", kid())
                .replace("{member}", "token:" + token)
                .replace("{id}", id(operation.path()));
    }

    /** Of the key that signs now. */
    private String kid() {
        return server.anonymous().get("/api/auth/keys").json().at("/keys/0/kid").asString();
    }

    private String id(String path) {
        if (path.contains("/accounts/")) {
            return accountId;
        }
        if (path.contains("/pipelines/")) {
            return pipelineId;
        }
        return path.contains("/clients/") ? clientId : token;
    }

    /** A client that sends what the operation wants beside the body. */
    TestClient clientFor(ContractOperation operation) {
        TestClient caller = callerOf(operation);
        return operation.hasHeader("If-Match") ? caller.with("If-Match", "*") : caller;
    }

    /** A client that may do it, if it sends all that is wanted. */
    TestClient callerOf(ContractOperation operation) {
        return operation.needsPlatformKey() ? server.platform() : client;
    }

    /** The operation with a body that is well formed, if it wants one. */
    Answer send(ContractOperation operation, TestClient sender, String path) {
        return operation.jsonType().isPresent()
                ? send(
                        operation,
                        sender,
                        path,
                        operation.body().orElseThrow().sample().toString())
                : sender.send(operation.method(), path, BodyPublishers.noBody(), null);
    }

    Answer send(ContractOperation operation, TestClient sender, String path, String body) {
        return send(operation, sender, path, BodyPublishers.ofString(body));
    }

    Answer send(ContractOperation operation, TestClient sender, String path, BodyPublisher body) {
        return sender.send(operation.method(), path, body, operation.jsonType().orElse(null));
    }

    /** Of refusals that are about a whole, whatever is wrong in it; the others are called as the first of their errors. */
    private static final Set<String> OF_MANY = Set.of("import.invalid", "composition.invalid");

    /** Asserts that a refusal is a problem that shows nothing of the inside, and that nothing failed. */
    static void assertWellMannered(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isLessThan(500);
        if (answer.status() >= 400) {
            assertThat(answer.problem()).matches("[a-z_]+(\\.[a-z_]+)*");
            assertThat(answer.json().get("detail").asString()).isNotBlank();
            if (answer.json().has("errors") && !OF_MANY.contains(answer.problem())) {
                assertThat(answer.json().at("/errors/0/code").asString()).isEqualTo(answer.problem());
            }
        }
        assertThat(answer.text())
                .doesNotContain("dev.apg.", "java.lang", "org.spring", "\\tat ", "SQLSTATE", "tools.jackson");
    }

    static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
        assertWellMannered(answer);
    }

    @Override
    public void close() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(errors);
        server.close();
        provider.close();
    }
}
