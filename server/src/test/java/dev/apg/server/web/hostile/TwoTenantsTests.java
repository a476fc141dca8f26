package dev.apg.server.web.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestTenant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A stranger asks for what one tenant has. Every answer must be the one that is given for what nobody has: the same
 * status, headers and body, but for the name that was asked for.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoTenantsTests {
    /** As long as the name of everything that the other tenant has, and so near to it that a suggestion would show. */
    private static final String NOBODYS = "bux";

    private final HostileServer server = new HostileServer();

    @AfterAll
    void stop() {
        server.close();
    }

    List<ContractOperation> operationsOnOneThing() {
        return server.operations().stream()
                .filter(operation -> !operation.parameters("path").isEmpty())
                // At a tenant's door everybody is a stranger, and names it.
                .filter(operation -> !operation.isOpen())
                .toList();
    }

    List<ContractOperation> readingOperations() {
        return server.operations().stream()
                .filter(operation ->
                        operation.needsToken() && operation.method().equals("GET"))
                .filter(operation -> operation.parameters("path").isEmpty())
                .toList();
    }

    @Test
    void every_kind_of_thing_is_asked_for() {
        assertThat(operationsOnOneThing()).hasSizeGreaterThan(25);
        assertThat(readingOperations()).hasSizeGreaterThan(8);
    }

    @ParameterizedTest
    @MethodSource("operationsOnOneThing")
    void what_another_tenant_has_is_not_told_from_what_nobody_has(ContractOperation operation) {
        TestClient stranger = TestTenant.in(server.server()).client().with("If-Match", "*");
        String theirs = server.path(operation);

        Answer answer = server.send(operation, stranger, theirs);

        Answer nothing = operation.jsonType().isPresent()
                ? server.send(operation, stranger, nobodys(operation), body(operation))
                : server.send(operation, stranger, nobodys(operation));
        assertThat(shown(answer)).isEqualTo(shown(nothing));
        if (operation.needsPlatformKey()) {
            assertThat(answer.status()).isEqualTo(403);
        } else {
            assertThat(answer.status()).as(answer.text()).isIn(404, 422);
        }
        assertThat(answer.header("ETag")).isEmpty();
    }

    private String nobodys(ContractOperation operation) {
        return operation
                .path()
                .replace("{code}", NOBODYS)
                .replace("{number}", operation.path().contains("/revisions/") ? "1" : "1.0.0")
                .replace("{grantee}", "team:box")
                .replace("{kid}", NOBODYS)
                .replace("{member}", "token:" + UUID.randomUUID())
                .replace("{id}", UUID.randomUUID().toString());
    }

    private static String body(ContractOperation operation) {
        return operation.body().orElseThrow().sample().toString().replace("box", NOBODYS);
    }

    @ParameterizedTest
    @MethodSource("readingOperations")
    void a_tenant_with_nothing_reads_the_same_whatever_others_have(ContractOperation operation) {
        TestClient stranger = newcomer();
        for (String query : List.of("", "q=box", "prefix=b", "root=box", "tag=box", "service=box", "owner=box")) {
            String name = query.isEmpty() ? "" : query.substring(0, query.indexOf('='));
            boolean taken = operation.parameters("query").stream()
                    .anyMatch(parameter -> parameter.get("name").asString().equals(name));
            if (query.isEmpty() || taken) {
                Answer answer = stranger.get(operation.path() + (query.isEmpty() ? "" : "?" + query));
                Answer other =
                        newcomer().get(operation.path() + (query.isEmpty() ? "" : "?" + query.replace("box", NOBODYS)));
                assertThat(shown(answer)).as(query).isEqualTo(shown(other));
            }
        }
    }

    /** Of a tenant that has nothing but its first two events, which every answer knows. */
    private TestClient newcomer() {
        return TestTenant.in(server.server()).client().with("X-APG-Min-Seq", "1.2");
    }

    @Test
    void a_reference_to_what_another_tenant_has_is_a_reference_to_nothing() {
        TestClient stranger = TestTenant.in(server.server()).client();
        for (String path : List.of("/api/v1/capabilities/shop/versions", "/api/v1/imports")) {
            String version = "{\"format\": \"apg.version/1\", \"capability\": \"shop\", \"version\": \"1.0.0\","
                    + " \"requirements\": [{\"capability\": \"%s\"}, {\"service\": \"%s\"}]}";
            Answer answer = post(stranger, path, version.formatted("box", "box"));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(shown(answer)).isEqualTo(shown(post(stranger, path, version.formatted(NOBODYS, NOBODYS))));
        }
        String document = "{\"document\": {\"format\": \"apg.composition/1\", \"composition\": \"shop\","
                + " \"members\": [{\"capability\": \"%s\"}]}}";
        Answer answer = stranger.post("/api/v1/resolve", document.formatted("box"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(shown(answer)).isEqualTo(shown(stranger.post("/api/v1/resolve", document.formatted(NOBODYS))));
    }

    @Test
    void the_same_names_may_be_taken_again() {
        TestClient stranger = TestTenant.in(server.server()).client();
        String version =
                "{\"format\": \"apg.version/1\", \"capability\": \"box\", \"version\": \"1.0.0\", \"cost\": 7}";
        assertThat(stranger.post("/api/v1/capabilities/box/versions", version).status())
                .isEqualTo(201);
        assertThat(stranger.post("/api/v1/compositions", "{\"code\": \"box\"}").status())
                .isEqualTo(201);
        assertThat(server.client()
                        .get("/api/v1/capabilities/box/versions/1.0.0")
                        .text())
                .doesNotContain("\"cost\":7");
    }

    /** A cursor of one list of one tenant, or of its log, opens nothing in another tenant. */
    @Test
    void a_cursor_of_another_tenants_log_shows_only_ones_own() {
        TestClient stranger = TestTenant.in(server.server()).client();
        String seq =
                server.client().get("/api/v1/capabilities").header("X-APG-Seq").orElseThrow();
        Answer ahead = stranger.get("/api/v1/events?after=" + seq);
        Answer nowhere = stranger.get("/api/v1/events?after=1.999999");
        assertThat(ahead.status()).isEqualTo(nowhere.status());
        assertThat(ahead.text()).doesNotContain("box");
    }

    private static Answer post(TestClient client, String path, String document) {
        return client.send(
                "POST",
                path,
                java.net.http.HttpRequest.BodyPublishers.ofString(document),
                path.endsWith("imports") ? "application/jsonl" : "application/json");
    }

    /** All that a client sees of an answer, without what is new in every answer and what it asked for itself. */
    private static String shown(Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(List.of("date", "connection", "x-request-id"));
        // How long a text is depends on how many digits its times have.
        headers.remove("content-length");
        return (answer.status() + " " + headers + " " + Archives.text(answer))
                .replace(NOBODYS, "box")
                .replace("/tenants/bix", "/tenants/box")
                .replaceAll("/signing-keys/[^/]+", "/signing-keys/box")
                .replaceAll("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
                .replaceAll("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|\\+00:00)", "TIME");
    }
}
